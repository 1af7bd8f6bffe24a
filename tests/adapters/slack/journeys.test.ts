// The journeys on Slack.
import { journeys } from '../../journeys/journeys.ts';
import { slackStage } from './slack-stage.ts';

journeys('Slack', slackStage);
