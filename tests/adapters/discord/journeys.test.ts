// The journeys on Discord.
import { journeys } from '../../journeys/journeys.ts';
import { discordStage } from './discord-stage.ts';

journeys('Discord', discordStage);
