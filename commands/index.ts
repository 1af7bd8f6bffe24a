// The list of commands: adding one is one new file and one line here.
import type { UseCases } from '../src/app/use-cases.ts';
import type { DispatcherOptions } from '../src/core/dispatcher.ts';
import type { BotCommand } from './command.ts';
import { compare } from './compare.ts';
import { daily } from './daily.ts';
import { createHelp } from './help.ts';
import { leaderboard } from './leaderboard.ts';
import { quiz } from './quiz.ts';
import { service } from './service.ts';
import { stats } from './stats.ts';
import { home } from './views/home.ts';
import { matrix } from './views/matrix.ts';
import { welcome } from './views/welcome.ts';
import { who } from './who.ts';

export const commands: readonly BotCommand[] = [
  who,
  service,
  compare,
  daily,
  quiz,
  leaderboard,
  stats,
  createHelp(() => commands),
];

export const views: DispatcherOptions<UseCases>['views'] = { home, matrix, welcome };
