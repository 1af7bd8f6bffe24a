// The journeys in the playground.
import { journeys } from './journeys.ts';
import { webStage } from './web-stage.ts';

journeys('the playground', webStage);
