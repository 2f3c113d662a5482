import { App, Stack } from 'aws-cdk-lib';
const app = new App();
new Stack(app, 'A', { env: { account: '111122223333', region: 'us-east-1' } });
app.synth();
