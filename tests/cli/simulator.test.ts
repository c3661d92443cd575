import { readConfig } from '../../src/config/config.ts';
import { Command } from '../support/command.ts';

describe('mode-graphql simulator', () => {
  it('prints variables with which a gateway has both APIs, and says which one to leave out for REST alone', async () => {
    const command = new Command(['simulator', '--port', '0']);
    await command.says(/Ctrl-C/);
    const exported = [...command.stdout.matchAll(/^ {2}export (\w+)=(\S+)$/gm)];
    const variables = Object.fromEntries(exported.map(([, name = '', value = '']) => [name, value]));
    expect(Object.keys(variables).at(-1)).toBe('MODE_DISCOVERY');
    expect(command.stdout).toContain('The last of these gives the gateway the Discovery API, too; leave it out');
    expect(readConfig(variables).mode.discovery.kind).toBe('mint');
    const { MODE_DISCOVERY: _, ...rest } = variables;
    expect(readConfig(rest).mode.discovery.kind).toBe('off');
    command.signal('SIGTERM');
    expect(await command.exit).toBe(0);
  });
});
