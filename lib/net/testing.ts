/** Addresses that nobody may be made to connect to: every range, and every form that hides one. `port` is put in. */
export function hostileUrls(port: number): string[] {
  const hosts = [...v4, ...v6.map((address) => `[${address}]`), ...oddForms, ...names];
  const byHost = hosts.flatMap((host) => [`http://${host}:${port}/`, `https://${host}:${port}/secret?x=1`]);
  return [...byHost, ...otherForms(port)];
}

const v4 = (
  "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.254 127.0.0.1 127.1.2.3 " +
  "127.255.255.254 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 " +
  "192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 " +
  "240.0.0.1 255.255.255.255 168.63.129.16"
).split(" ");

const v6 = (
  ":: ::1 0:0:0:0:0:0:0:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:a00:1 ::ffff:169.254.169.254 ::ffff:8.8.8.8 ::127.0.0.1 " +
  "::7f00:1 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::a00:1 2002:7f00:1:: 2002:a00:1::1 " +
  "2002:c0a8:101:: 2001::1 2001:0:7f00:1::1 2001:db8::1 2001:10::1 2001:20::1 2001:2::1 100::1 fc00::1 fd00::1 fd00:ec2::254 " +
  "fe80::1 fe80::a9fe:a9fe febf::1 fec0::1 ff02::1 ff05::2 4000::1 5f00::1"
).split(" ");

/** Octal, hex, decimal, short, full-width, dotted at the end, in capitals, percent-encoded: 127.0.0.1 and its like. */
const oddForms = (
  "0177.0.0.1 0x7f.0.0.1 0x7f000001 2130706433 017700000001 127.1 127.0.1 0x7f.1 0177.1 127.0.0.1. 0 0x0 0x00000000 00 " +
  "1%32%37.0.0.1 %31%32%37.0.0.1 １２７.０.０.１ ①②⑦.⓪.⓪.① 127。0。0。1 127．0．0．1 2852039166 0xa9fea9fe 0xA9.0xFE.0xA9.0xFE " +
  "0251.0376.0251.0376 169.16689662 10.1 0xa.1 012.1 3232235521 0300.0250.0.1 0000000177.0.0.1 0x7F.0X0.0.1"
).split(" ");

/** Names that mean something near; `rebind…` and `*.near.faces-check.org` are answered by the test's resolver. */
const names = (
  "localhost LOCALHOST localhost. localhost.. foo.localhost ⓛocalhost loc%61lhost metadata metadata.google.internal " +
  "instance-data.internal printer.local router.lan intranet intranet.corp kubernetes.default.svc.cluster.local db redis " +
  "a.near.faces-check.org b.near.faces-check.org mixed.near.faces-check.org mapped.near.faces-check.org " +
  "none.near.faces-check.org xn--near-4ve.local 1.0.0.127.in-addr.arpa hidden.onion"
).split(" ");

function otherForms(port: number): string[] {
  return [
    ...["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:70/_x", "dict://127.0.0.1:11211/stats"],
    ...[
      "data:text/html,<p>x",
      "javascript:alert(1)",
      "blob:http://127.0.0.1/x",
      "ws://127.0.0.1/",
      "unix:/var/run/x.sock",
    ],
    ...[
      `//127.0.0.1:${port}/`,
      `127.0.0.1:${port}`,
      "http://",
      "http:///",
      "http://:80/",
      "https://[::1",
      "",
      " ",
      "http://[fe80::1%25eth0]/",
    ],
    ...[`http://user:pass@127.0.0.1:${port}/`, `http://public.faces-check.org@127.0.0.1:${port}/`],
    ...[`http://127.0.0.1:${port}#@public.faces-check.org/`, `http://public.faces-check.org:pass@127.0.0.1:${port}/`],
    ...[
      `http:\\\\127.0.0.1:${port}\\`,
      `http:/127.0.0.1:${port}/`,
      `http:127.0.0.1:${port}/`,
      `\thttp://127.0.0.1:${port}/`,
    ],
    ...[`ht\ntp://127.0.0.1:${port}/`, `http://127.0.0.1\t:${port}/`, `HTTP://127.0.0.1:${port}/`],
    ...[
      `http://public.faces-check.org\\@127.0.0.1:${port}/`,
      "http://public.faces-check.org:22/",
      "http://8.8.8.8:25/",
    ],
    ...[
      `http://127.0.0.1:${port}/${"x".repeat(3000)}`,
      "http://127.0.0.1\0.faces-check.org/",
      "http://256.256.256.256/",
    ],
  ];
}
