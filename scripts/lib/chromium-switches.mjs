/** What Playwright switches off itself. Chromium hears only the last --disable-features, so ours says it again. */
const playwrightLeavesOut = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "TcpPortRandomizationWin",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "msForceBrowserSignIn",
  "msEdgeUpdateLaunchServicesPreferredVersion",
];

/**
 * The two pages behind the address bar: a whole Chromium loads them anew for each window, which costs as much as the page
 * of ours that a story opens in it.
 */
const addressBar = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];

/** How the stories' browser is started, beyond what Playwright says by itself. */
export const chromiumSwitches = [
  "--disable-gpu",
  "--disable-quic",
  `--disable-features=${[...playwrightLeavesOut, ...addressBar].join(",")}`,
];
