export const signInText = {
  title: "Sign in",
  lead: "Your wallet proves that an address is yours. An account is made the first time you sign.",
  ended: "Your session has ended. Sign in again and you are back where you were; drafts are kept.",
  already: "You are signed in on this browser. <faces>Open your faces</faces>, or sign in as somebody else.",
  wrongHost: {
    title: "This is not the address that the installation is set up for",
    reason: (here: string, host: string) =>
      `You opened ${here}, but it is set up as ${host} (PUBLIC_URL), and that is what a wallet is asked to sign. Open it there, or ask whoever runs it to set the other address.`,
  },
  withWallet: "With a wallet",
  withoutWallet: "Without a wallet",
  loadingWallets: "Looking for wallets",

  answerInWallet: "Answer in the wallet",
  browserWallet: "Browser wallet",
  noWallet: "No wallet in this browser",
  noWalletWhy:
    "A wallet is a browser extension that keeps a key and signs with it. Install one, make an account in it, then reload this page. It needs no money in it.",
  noWalletElse: "Or sign in without a wallet: with an invite, or with a password you already have.",
  install: (wallet: string) => `Install ${wallet}`,
  notListed: "Not listed? Unlock the wallet, allow it on this site and reload the page.",

  connected: "Wallet connected",
  change: "Change",
  step: "2",
  signThis: "Sign this text",
  validFor: (time: string) => `valid for ${time}`,
  expired: "expired",
  exactText: "The exact text to be signed",
  allThatIsSigned:
    "This is all that will be signed. Your wallet must show the same words, with <host>it</host> in the first line. It sends no transaction and costs nothing.",
  signIn: (wallet: string) => `Sign this text in ${wallet}`,
  signing: (wallet: string) => `Sign it in ${wallet}`,
  entering: "Signing you in",
  fetchNew: "Fetch a new text",
  copyText: "Copy the text",

  wayIn: "Way in",
  withInvite: "With an invite",
  withPassword: "I have a password",
  inviteCode: "Invite code",
  inviteHint: "Invites are made by whoever runs this installation.",
  email: "E-mail",
  name: "Name",
  password: "Password",
  passwordHint: "10 characters or more, at least five of them different. A sentence is fine.",
  createAccount: "Create an account",
  creating: "Creating your account",
  enter: "Sign in",
  addWalletLater: "You can add a wallet later, in the settings.",
  forgotten:
    "Forgotten? This installation sends no e-mail. Sign in with a linked wallet and set a new one in the settings, or ask whoever runs it.",
  missing: {
    invite: "Type the code of your invite.",
    email: "Type an e-mail address, like you@studio.de.",
    password: "Type your password.",
    short: (count: number) => `Ten characters or more: ${count} so far.`,
    alike: "Use at least five different characters.",
  },
  toPassword: "Sign in with its password",

  problems: {
    noReason: "It gave no reason.",
    serverDown: {
      title: "The server did not answer",
      reason: "Nothing was changed. Check that it is running and that this device is connected, then try again.",
    },
    serverBroke: {
      title: "The server could not sign you in",
      reason:
        "The fault is not yours, and nothing was changed. Try again; if it stays, tell whoever runs this installation.",
    },
    tooMany: { title: "Too many attempts" },
    noCookies: {
      title: "This browser keeps no cookies for this page",
      reason: "The session is a cookie. Allow cookies for this site, and open it at the address it is configured for.",
    },
    notConnected: {
      title: "The wallet was not connected",
      reason: (wallet: string) => `You declined in ${wallet}. Nothing was shared. Choose a wallet to try again.`,
    },
    alreadyAsking: {
      title: (wallet: string) => `${wallet} is already asking you`,
      reason: "Open the wallet: a request from this page is waiting there. Answer it, then try again.",
    },
    locked: {
      title: (wallet: string) => `${wallet} is locked, or closed to this page`,
      reason: "Unlock it, allow this site in it, then choose it again.",
    },
    connectFailed: {
      title: (wallet: string) => `${wallet} could not be connected`,
      reason: (why: string) => `${why} Unlock the wallet and try again.`,
    },
    noAccount: {
      title: (wallet: string) => `${wallet} shared no address`,
      reason: "There is no account in it, or none was allowed. Make or allow one in the wallet, then choose it again.",
    },
    noText: { title: "The text to sign could not be fetched" },
    notSigned: {
      title: "The text was not signed",
      reason: (wallet: string) =>
        `You declined in ${wallet}. Nothing was sent. You can sign it while it is valid, or leave.`,
    },
    signFailed: { title: (wallet: string) => `${wallet} could not sign the text` },
    otherChain: {
      title: (wallet: string) => `${wallet} has changed its network meanwhile`,
      reason: "Signing in needs no network, and any will do. Press “Change”, choose the wallet again and sign.",
    },
    otherAddress: {
      title: "The signature belongs to another address",
      reason: (connected: string, signer: string) =>
        `You connected ${connected}, but ${signer} signed. Switch the account in your wallet and sign again.`,
    },
    textExpired: {
      title: "This text can no longer be signed",
      reason: "It has expired, or was used before. Fetch a new one and sign that.",
    },
    contractWallet: {
      title: "Smart-contract wallets cannot sign in here",
      reason:
        "Their signatures are checked on the chain, and this installation has no connection to one (WALLET_RPC_URL). Use an ordinary wallet or an invite, or ask whoever runs it to set that.",
    },
    refused: {
      title: "The server did not accept the signature",
      reason: "It may have expired or been used before. Fetch a new text and sign that.",
    },
    wrongPassword: { title: "That did not match", reason: "The e-mail address or the password is not right." },
    notRegistered: { title: "The account was not created" },
  },
};
