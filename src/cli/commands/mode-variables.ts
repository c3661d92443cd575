/** Without these, nothing that reads from Mode runs. */
export const MODE_VARIABLES: Readonly<Record<string, string>> = {
  MODE_WORKSPACE: 'the workspace, as in app.mode.com/{workspace}',
  MODE_API_TOKEN: 'the token of an API key of Mode',
  MODE_API_SECRET: 'the password that belongs to it',
  MODE_DISCOVERY: 'how Discovery is read: auto (with a signature token, if one is set), mint or off',
};
