// The playground keeps the contract that every platform keeps.
import { platformContract } from '../../contract/platform-contract.ts';
import { memoryRows, startPlayground } from './playground-harness.ts';

const WORKSPACE = { platform: 'web', workspace: 'playground' };

platformContract({
  name: 'The playground',
  capabilities: {
    buttons: true,
    privateReplies: true,
    suggestions: true,
    edits: true,
    images: true,
    forms: true,
    direct: true,
    threads: false,
  },
  failures: ['transient'],
  without: {
    rights: 'nobody takes rights from the bot in its own playground',
    'lost responses': 'posts go to pages of the same process: there is no answer that could be lost',
  },
  async start(inbox) {
    const rows = memoryRows();
    const { web, driver } = await startPlayground(inbox, { rows: rows.rows });
    const unused = () => {
      throw new Error('the playground has no such failure');
    };
    return {
      platform: web,
      channel: { ...WORKSPACE, id: 'general' },
      lostChannel: { ...WORKSPACE, id: 'closed' },
      person: { ...WORKSPACE, id: 'ben' },
      posts: ({ id }) => driver.channelPosts(id),
      directs: ({ id }) => driver.as(id).sees(`dm-${id}`),
      types: (line) => driver.as('ben').types(line),
      loseNextResponse: unused,
      forgetRecent: unused,
      failFrom: () => {
        rows.before = async () => {
          throw new Error('the disk is full');
        };
      },
      takeRights: unused,
      hold() {
        const arrived = Promise.withResolvers<void>();
        const released = Promise.withResolvers<void>();
        rows.before = () => {
          arrived.resolve();
          return released.promise;
        };
        return { arrived: arrived.promise, release: released.resolve };
      },
      close: () => web.stop(),
    };
  },
});
