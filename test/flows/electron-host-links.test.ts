import { describe, expect, it } from 'vitest';

import { settle, startHost } from '#test/fakes/electron-host.ts';

const long = (length: number) => `https://example.com/${'a'.repeat(length)}`.slice(0, length);

/** What a person is asked about, and what is then opened. */
const opened: [link: string, destination: string, address: string][] = [
  ['https://example.com', 'example.com', 'https://example.com/'],
  ['http://example.com/a?b=c#d', 'example.com', 'http://example.com/a?b=c#d'],
  ['HTTPS://EXAMPLE.COM/Path', 'example.com', 'https://example.com/Path'],
  ['https://example.com:8443/', 'example.com:8443', 'https://example.com:8443/'],
  ['https://example.com:443/', 'example.com', 'https://example.com/'],
  [
    'https://paypal.com.evil.example/',
    'paypal.com.evil.example',
    'https://paypal.com.evil.example/',
  ],
  ['https://example.com/@bank.com', 'example.com', 'https://example.com/@bank.com'],
  ['https://example.com/a%2f@b', 'example.com', 'https://example.com/a%2f@b'],
  ['https://раураl.com/', 'xn--l-7sba6dbr.com', 'https://xn--l-7sba6dbr.com/'],
  ['https://xn--80ak6aa92e.com/', 'xn--80ak6aa92e.com', 'https://xn--80ak6aa92e.com/'],
  ['https://example。com/', 'example.com', 'https://example.com/'],
  ['https://①②⑦.0.0.1/', '127.0.0.1', 'https://127.0.0.1/'],
  ['http://0x7f.1/', '127.0.0.1', 'http://127.0.0.1/'],
  ['http://0177.0.0.1/', '127.0.0.1', 'http://127.0.0.1/'],
  ['http://2130706433/', '127.0.0.1', 'http://127.0.0.1/'],
  ['http://[::ffff:127.0.0.1]/', '[::ffff:7f00:1]', 'http://[::ffff:7f00:1]/'],
  ['https://example.com/\u202egpj.exe', 'example.com', 'https://example.com/%E2%80%AEgpj.exe'],
  ['https://example.com/"><script>', 'example.com', 'https://example.com/%22%3E%3Cscript%3E'],
  ['https://example.com/$(reboot)`x`', 'example.com', 'https://example.com/$(reboot)%60x%60'],
  [long(2_048), 'example.com', long(2_048)],
  ['mailto:ann@example.com', 'ann@example.com', 'mailto:ann@example.com'],
  [
    'mailto:ann@example.com?subject=Hello you&body=a%0Ab',
    'ann@example.com',
    'mailto:ann@example.com?subject=Hello%20you&body=a%0Ab',
  ],
  [
    'mailto:ann@example.com?attach=/etc/passwd&attachment=x&bcc=evil@example.com',
    'ann@example.com',
    'mailto:ann@example.com',
  ],
  ['tel:+12065550142', '+12065550142', 'tel:+12065550142'],
  ['TEL:(206)555-0142;ext=7', '(206)555-0142;ext=7', 'tel:(206)555-0142;ext=7'],
];

/** What is never opened, whoever asks. */
const refused: [name: string, link: string][] = [
  ['javascript', 'javascript:alert(1)'],
  ['javascript, mixed case', 'JaVaScRiPt:alert(1)'],
  ['javascript behind a line break', 'java\nscript:alert(1)'],
  ['javascript behind a tab', 'java\tscript:alert(1)'],
  ['javascript behind a control', '\u0001javascript:alert(1)'],
  ['javascript behind a space', ' javascript:alert(1)'],
  ['data', 'data:text/html,<script>alert(1)</script>'],
  ['vbscript', 'vbscript:msgbox(1)'],
  ['file', 'file:///etc/passwd'],
  ['file on a host', 'file://host/share/evil.exe'],
  ['a share', '\\\\host\\share\\evil.exe'],
  ['a share with slashes', '//host/share'],
  ['a drive', 'C:\\Windows\\System32\\calc.exe'],
  ['smb', 'smb://host/share'],
  ['ms-msdt', 'ms-msdt:/id PCWDiagnostic'],
  ['search-ms', 'search-ms:query=x&crumb=location:\\\\host\\share'],
  ['ms-officecmd', 'ms-officecmd:{}'],
  ['vscode', 'vscode://extension/x'],
  ['ssh', 'ssh://-oProxyCommand=calc/x'],
  ['our own scheme', 'app://trunkline/index.html'],
  ['media', 'media://0e5c'],
  ['blob', 'blob:https://example.com/1'],
  ['about', 'about:blank'],
  ['view-source', 'view-source:https://example.com'],
  ['ftp', 'ftp://example.com/'],
  ['ws', 'ws://example.com/'],
  ['a custom scheme', 'trunkline://open'],
  ['sms', 'sms:+12065550142'],
  ['a user name', 'https://bank.com@evil.example/'],
  ['a user name and a password', 'https://bank.com:443@evil.example/'],
  ['a user name ending in %2f', 'https://bank.com%2f@evil.example/'],
  ['an empty user name', 'https://:x@evil.example/'],
  ['a backslash', 'https://example.com\\@evil.example/'],
  ['backslashes for slashes', 'https:\\\\evil.example/'],
  ['one slash', 'http:/evil.example'],
  ['no slash', 'https:evil.example'],
  ['three slashes', 'https:///evil.example'],
  ['port 22', 'http://example.com:22/'],
  ['port 25', 'https://example.com:25/'],
  ['port 0', 'https://example.com:0/'],
  ['a port too far', 'https://example.com:65536/'],
  ['a line break in the host', 'https://exa\nmple.com/'],
  ['NUL', 'https://example.com/\u0000'],
  ['DEL', 'https://example.com/\u007f'],
  ['no host', 'https://'],
  ['a space in the host', 'https://exa mple.com/'],
  ['nothing', ''],
  ['words', 'example.com'],
  ['one character too many', long(2_049)],
  ['10 KB', long(10_240)],
  ['too long once written anew', `https://example.com/${'漢'.repeat(1_000)}`],
  ['mail to nobody', 'mailto:'],
  ['mail to several', 'mailto:a@example.com,b@example.com'],
  ['mail to an option', 'mailto:-oQ/tmp'],
  ['mail to a host that is none', 'mailto:ann@exa mple'],
  ['mail with a quote', 'mailto:"ann"@example.com'],
  ['mail with a line break in the box', 'mailto:ann%0a@example.com'],
  ['a number that is a service code', 'tel:*%2306%23'],
  ['a number with a path', 'tel:+1206/../x'],
  ['a number with a query', 'tel:+12065550142?x=1'],
  ['no number', 'tel:'],
  ['words for a number', 'tel:CALL-NOW'],
];

describe('a link', () => {
  it.each(opened)('%s is opened once confirmed', async (link, destination, address) => {
    const { electron } = await startHost();
    electron.window.webContents.page.openWindow(link);
    await settle();
    expect(electron.messageBoxes).toHaveLength(1);
    expect(electron.messageBoxes[0]).toMatchObject({
      message: `Open ${destination}?`,
      buttons: ['Open', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    expect(electron.openedLinks).toEqual([address]);
  });

  it.each(refused)(
    'of the kind "%s" is not opened, and the person is told',
    async (_name, link) => {
      const { electron } = await startHost();
      electron.window.webContents.page.openWindow(link);
      await settle();
      expect(electron.openedLinks).toEqual([]);
      expect(electron.messageBoxes).toHaveLength(1);
      expect(electron.messageBoxes[0]).toMatchObject({ message: 'This link was not opened.' });
    },
  );

  it('is not opened where the person says no', async () => {
    const { electron } = await startHost();
    electron.pressed = 1;
    electron.window.webContents.page.openWindow('https://example.com');
    await settle();
    expect(electron.messageBoxes).toHaveLength(1);
    expect(electron.openedLinks).toEqual([]);
  });

  it('is one question at a time, however many a page asks', async () => {
    const { electron } = await startHost();
    const answer = Promise.withResolvers<number>();
    electron.pressed = answer.promise;
    const { page } = electron.window.webContents;
    for (let i = 0; i < 50; i += 1) page.openWindow(`https://example.com/${i}`);
    await settle();
    expect(electron.messageBoxes).toHaveLength(1);
    answer.resolve(0);
    await settle();
    expect(electron.openedLinks).toEqual(['https://example.com/0']);
    page.openWindow('https://example.com/later');
    await settle();
    expect(electron.openedLinks).toEqual(['https://example.com/0', 'https://example.com/later']);
  });

  it('that the system cannot open leaves the next one as it was', async () => {
    const { electron } = await startHost();
    const open = electron.shell.openExternal;
    electron.shell.openExternal = () => Promise.reject(new Error('no browser'));
    electron.window.webContents.page.openWindow('https://example.com/1');
    await settle();
    electron.shell.openExternal = open;
    electron.window.webContents.page.openWindow('https://example.com/2');
    await settle();
    expect(electron.openedLinks).toEqual(['https://example.com/2']);
  });

  it('shows a long address cut, but never its host', async () => {
    const { electron } = await startHost();
    electron.window.webContents.page.openWindow(long(2_000));
    await settle();
    const { message, detail = '' } = electron.messageBoxes[0]!;
    expect(message).toBe('Open example.com?');
    expect(detail.length).toBeLessThan(310);
  });
});
