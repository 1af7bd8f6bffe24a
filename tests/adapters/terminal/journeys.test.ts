// The journeys in the terminal.
import { journeys } from '../../journeys/journeys.ts';
import { terminalStage } from './terminal-stage.ts';

journeys('terminal', terminalStage);
