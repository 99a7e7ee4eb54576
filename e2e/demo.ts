/**
 * `npm run demo`: sign up, connect, map, capture three pages, and see the rows, in a real browser against the Airtable
 * simulator. Ends with the rows printed and screenshots in `test-results/demo/`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { OptionsPage } from "./pages/options.ts";
import { Popup } from "./pages/popup.ts";
import { launchBrowser } from "./support/browser.ts";
import { waitForRows } from "./support/captures.ts";
import { exitOnSignals } from "./support/child-process.ts";
import { ensureTestPrograms } from "./support/find-browser.ts";
import { testResults } from "./support/paths.ts";
import { testPassword } from "./support/person.ts";
import { installed, runCommand } from "./support/run-command.ts";
import { openStand } from "./support/stand.ts";
import { startPostgres } from "./support/start-postgres.ts";
import { makeTestBase } from "./support/test-base.ts";

const pictures = `${testResults}/demo`;
mkdirSync(pictures, { recursive: true });

exitOnSignals();
await ensureTestPrograms();
const built = await runCommand([installed("wxt"), "build"]);
if (built.code !== 0) throw new Error(`The extension could not be built:\n${built.output}`);
const stopPostgres = await startPostgres();
const stand = await openStand("demo");
const browser = await launchBrowser({ serverUrl: stand.proxy.url });

const base = await makeTestBase(stand.simulator);
const options = await OptionsPage.open(browser);
await options.page.screenshot({ path: `${pictures}/1-first-steps.png` });
await options.signUp("ada@sheaf.test", testPassword);
console.log("Signed up, by the backend's own window.");
await options.connectAirtable(base.token);
await options.page.getByRole("button", { name: "Use this" }).waitFor();
await options.page.screenshot({ path: `${pictures}/2-suggested-mapping.png` });
await options.useSuggestedTarget();
console.log(`Connected ${base.name} and took the mapping as suggested.`);

const files = ["shop-product.html", "news-article.html", "recipe.html"];
for (const [index, file] of files.entries()) {
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/${file}`);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Description");
	writeFileSync(`${pictures}/${index + 3}-popup-${file.replace(".html", "")}.png`, await popup.screenshot());
	await popup.press("Send");
	console.log(`Captured ${file}: ${await popup.saved()}`);
	await popup.waitForSent("delivered");
	await popup.close();
}
const rows = await waitForRows(
	{ simulator: stand.simulator, base },
	files.map((file) => `${stand.sites.url}/${file}`),
);
await options.page.reload();
await options.page.getByText("Recent captures").waitFor();
await options.page.screenshot({ path: `${pictures}/6-overview.png` });

console.log(`\n${base.table} in ${base.name} now has ${rows.length} rows:`);
for (const { id, cells } of rows) console.log(id, JSON.stringify(cells));
console.log(`\nScreenshots: ${pictures}`);
await browser.close();
browser.removeProfile();
await stand.stop();
await stopPostgres();
process.exit(0);
