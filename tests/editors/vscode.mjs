// A session in VS Code, in a headless Chromium, told as JSON on standard output:
//   node vscode.mjs '{"core": FOLDER OF playwright-core, "chromium": PROGRAM, "address": "http://127.0.0.1:PORT/",
//                     "folder": DRAFTS, "pictures": FOLDER, "profile": FOLDER, "settings": FILE}'
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const given = JSON.parse(process.argv[2]);
const { chromium } = createRequire(join(given.core, "package.json"))("playwright-core");
const told = {};
const begun = Date.now();

const quiet = ["--no-first-run", "--disable-quic", "--disable-background-networking", "--disable-component-update"];
const context = await chromium.launchPersistentContext(given.profile, {
  executablePath: given.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-sync", ...quiet],
  viewport: { width: 1280, height: 800 },
});
const page = context.pages()[0] ?? (await context.newPage());
page.setDefaultTimeout(60_000);

const SQUIGGLE = ".squiggly-warning, .squiggly-error, .squiggly-info";
const host = new URL(given.address).host;

async function open(name) {
  const file = `vscode-remote://${host}${join(given.folder, name)}`;
  const payload = encodeURIComponent(JSON.stringify([["openFile", file]]));
  await page.goto(`${given.address}?folder=${encodeURI(given.folder)}&payload=${payload}`);
  await page.locator(SQUIGGLE).first().waitFor();
}

async function picture(name) {
  await page.waitForTimeout(300); // what fades in is there then
  await page.screenshot({ path: join(given.pictures, `${name}.png`) });
}

async function until(look, what) {
  const end = Date.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (seen) {
      return seen;
    }
    if (Date.now() > end) {
      await picture("failed");
      throw new Error(`waited in vain: ${what}`);
    }
    await page.waitForTimeout(50);
  }
}

/** Goes to a place: a line, and a column in the editor's own units. */
async function go(line, column) {
  await page.locator(".monaco-editor .view-lines").first().click();
  await page.keyboard.press("Control+g");
  await page.locator(".quick-input-widget input").first().fill(`:${line}:${column}`);
  await page.keyboard.press("Enter");
  await page.locator(`.statusbar-item:has-text("Ln ${line}, Col ")`).first().waitFor(); // it shows another column
}

/**
 * Opens the menu of code actions and chooses one by its title. The findings on the text as it is now may still be on
 * their way, and a menu that was open when they came is closed: it is opened again then, as a user would.
 */
async function act(title, name) {
  const row = page.locator(".action-widget .monaco-list-row", { hasText: title }).first();
  const deed = async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
    await row.waitFor({ timeout: 2_000 });
    if (name) {
      await picture(name);
    }
    await row.click({ timeout: 2_000 });
    await row.waitFor({ state: "hidden", timeout: 2_000 });
    return true;
  };
  await until(() => deed().catch(() => false), `the code action “${title}”`);
}

/** Returns the status bar, once it says something. */
async function status(words) {
  const said = (await page.locator(".statusbar-item").allInnerTexts()).join("\n");
  return words.test(said) && said;
}

const disk = (name) => readFileSync(join(given.folder, name), "utf8");

async function save(name, before) {
  await page.keyboard.press("Control+s");
  return until(async () => disk(name) !== before && disk(name), `${name} is saved`);
}

/** Returns the rows of the panel of problems. */
async function problems() {
  await page.keyboard.press("Control+Shift+m");
  const rows = page.locator(".markers-panel .monaco-list-row");
  await rows.first().waitFor();
  const texts = await rows.allInnerTexts();
  await page.keyboard.press("Control+Shift+m");
  return texts;
}

try {
  const name = "draft-txt/draft.txt";
  const before = disk(name);
  await open(name);
  told.seconds = (Date.now() - begun) / 1000;
  told.problems = await problems();
  await picture("squiggle");

  // On the words, behind a picture that is two units long.
  await go(3, 30);
  const hover = page.locator(".monaco-hover:not(.hidden) .hover-row", { hasText: "Why:" }).first();
  const explained = async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await hover.waitFor({ timeout: 2_000 });
    return true;
  };
  await until(() => explained().catch(() => false), "the explanation of a finding");
  told.hover = await page.locator(".monaco-hover:not(.hidden)").allInnerTexts();
  await picture("hover");
  await page.keyboard.press("Escape");

  await go(3, 53);
  await act("Write one exclamation mark", "quick-fix");
  told.mended = await save(name, before);

  // The sentence that is missing: what only the user can know is typed at the tab stops.
  await go(3, 2);
  await act("Say that you want the job");
  await page.locator(".snippet-placeholder").first().waitFor();
  await picture("snippet");
  await page.keyboard.type("cello");
  await page.keyboard.press("Tab");
  await page.keyboard.type("of the low notes");
  await page.keyboard.press("Escape");
  told.written = await save(name, told.mended);

  await go(3, 7);
  await act("Ignore “emoji” in this draft");
  await page.locator(".snippet-placeholder").first().waitFor();
  await page.keyboard.type("she began it");
  told.ignored = await save(name, told.written);
  told.status = await until(() => status(/good to send/), "the verdict on the new text");
  await picture("status");

  await open("draft-eml/draft.eml");
  told.mail = await until(() => status(/Email draft/), "the language of mail");
  await picture("mail");

  // A server that is not there: the reason and what to do about it.
  writeFileSync(given.settings, JSON.stringify({ ...JSON.parse(readFileSync(given.settings, "utf8")), "followupLint.command": ["/nowhere/server"] }));
  const toast = page.locator(".notification-toast", { hasText: "followup-lint" }).first();
  await toast.waitFor();
  await picture("missing");
  told.missing = await page.locator(".notification-toast").allInnerTexts();
} catch (error) {
  told.error = String(error);
  await picture("failed").catch(() => undefined);
} finally {
  told.total = (Date.now() - begun) / 1000;
  await context.close();
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
