// The least that a Bolt app can do with a slash command: say the same sentence in its ack. The peer of our own bot.
import { App } from '@slack/bolt';

const {
  SLACK_BOT_TOKEN: token = '',
  SLACK_APP_TOKEN: appToken = '',
  SLACK_API_URL: slackApiUrl = '',
} = process.env;
const app = new App({
  token,
  appToken,
  socketMode: true,
  deferInitialization: true,
  clientOptions: { slackApiUrl, retryConfig: { retries: 0 } },
});
app.command(/^\//, ({ ack }) => ack({ response_type: 'ephemeral', text: 'You do.' }));
await app.init();
await app.start();
console.log('ready slack Acme');
process.once('SIGTERM', () => void app.stop().then(() => process.exit(0)));
