import { expect, test, type Page } from "@playwright/test";
import { Events, OAuth2Server } from "oauth2-mock-server";
import { checkPage } from "./check-page";
import { freePort, startOwnServer } from "./own-server";

type Claims = Record<string, unknown>;
const admin = { email: "ada@example.test", password: "violet harbour sextant" };

/** A local OpenID Connect provider that vouches for whoever `claims` says. */
async function aProvider() {
  const server = new OAuth2Server();
  await server.issuer.keys.generate("RS256");
  await server.start(await freePort(), "localhost");
  const state: { claims: Claims } = { claims: {} };
  server.service.on(Events.BeforeTokenSigning, (token: { payload: Claims }) => {
    Object.assign(token.payload, state.claims);
  });
  const issuer = server.issuer.url ?? "";
  return { issuer, state, stop: () => server.stop() };
}

async function continueAs(page: Page) {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Test ID" }).click();
}

test("people sign in through an OpenID Connect provider when they are invited or members, and nobody else", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const provider = await aProvider();
  const own = await startOwnServer({
    COUNTERSIGN_OIDC_ISSUER: provider.issuer,
    COUNTERSIGN_OIDC_CLIENT_ID: "countersign",
    COUNTERSIGN_OIDC_CLIENT_SECRET: "a secret of the test's",
    COUNTERSIGN_OIDC_NAME: "Test ID",
  });
  try {
    const person = async () => (await browser.newContext({ baseURL: own.url })).newPage();
    const ada = await person();

    await test.step("the first admin is made with the printed token, once", async () => {
      await ada.goto(`/setup?token=${own.setupToken}`);
      await checkPage(ada);
      await ada.getByLabel("Organisation").fill("Acme");
      await ada.getByLabel("Your name").fill("Ada Lovelace");
      await ada.getByLabel("E-mail").fill(admin.email);
      await ada.getByLabel("Password", { exact: true }).fill(admin.password);
      await ada.getByRole("button", { name: "Create the first admin" }).click();
      await expect(ada).toHaveURL(`${own.url}/`);
      const stranger = await person();
      await stranger.goto(`/setup?token=${own.setupToken}`);
      await expect(stranger).toHaveURL(/\/sign-in/);
      await checkPage(stranger);
    });

    await test.step("a stranger whom the provider vouches for is refused", async () => {
      provider.state.claims = { sub: "eve", email: "eve@example.test", email_verified: true, name: "Eve" };
      const eve = await person();
      await continueAs(eve);
      await expect(eve.getByText("You are not a member here.")).toBeVisible();
      await eve.goto("/settings/account");
      await expect(eve).toHaveURL(/\/sign-in/);
    });

    await test.step("an address that the provider did not verify is refused", async () => {
      provider.state.claims = { sub: "ada", email: admin.email, email_verified: false };
      const page = await person();
      await continueAs(page);
      await expect(page.getByText("has not verified your e-mail address")).toBeVisible();
    });

    await test.step("an invited person comes in as what they were invited", async () => {
      await ada.goto("/settings/members");
      await ada.getByRole("button", { name: "Invite" }).click();
      await ada.getByLabel("Name").fill("Grace Hopper");
      await ada.getByLabel("E-mail").fill("grace@example.test");
      await ada.getByLabel("Role").selectOption("auditor");
      await ada.getByRole("button", { name: "Create the link" }).click();
      await expect(ada.getByRole("region", { name: "Invitation link" })).toBeVisible();
      provider.state.claims = {
        sub: "grace",
        email: "Grace@example.test",
        email_verified: true,
        name: "Grace",
      };
      const grace = await person();
      await continueAs(grace);
      await expect(grace).toHaveURL(`${own.url}/`);
      const who = await grace.context().request.get("/api/v1/whoami");
      expect(await who.json()).toMatchObject({
        email: "grace@example.test",
        role: "auditor",
        via: "session",
      });
      await grace.goto("/settings/account");
      await expect(grace.getByText("Single sign-on,")).toBeVisible();
      await expect(grace.getByRole("heading", { name: "Password" })).toHaveCount(0);
    });

    await test.step("a member of the same verified address keeps their account", async () => {
      provider.state.claims = { sub: "ada", email: admin.email, email_verified: true, name: "Ada" };
      const page = await person();
      await continueAs(page);
      await expect(page).toHaveURL(`${own.url}/`);
      const who = await page.context().request.get("/api/v1/whoami");
      expect(await who.json()).toMatchObject({ email: admin.email, role: "admin" });
    });
  } finally {
    await own.stop();
    await provider.stop();
  }
});
