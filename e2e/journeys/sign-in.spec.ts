import { expect, test } from "../fixtures.ts";
import { OptionsPage } from "../pages/options.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { testPassword } from "../support/person.ts";

test("J2: a wrong password is told in the window, and the next try goes on in it, by keyboard alone", async ({
	stand,
	openBrowser,
}) => {
	// Where nobody has ever signed up, the other form is in front.
	await stand.database.query("insert into sheaf.users (id, email) values (uuidv7(), 'first@sheaf.test')");
	const browser = await openBrowser();
	const options = await OptionsPage.open(browser);
	const opened = SignInPage.opened(browser.context);
	await options.page.getByRole("main").getByRole("button", { name: "Sign in" }).press("Enter");
	const window = await opened;
	const { page } = window;
	await expect(page.getByLabel("E-mail")).toBeFocused();
	await page.keyboard.type("nobody@sheaf.test");
	await page.keyboard.press("Tab");
	await page.keyboard.type("a password that is wrong");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("alert")).toContainText("do not match");
	await expect(page.getByLabel("E-mail")).toHaveValue("nobody@sheaf.test");
	await expect(page.getByLabel("Password")).toBeFocused();

	await window.signUp("nobody@sheaf.test", testPassword);
	await options.page.getByText("Signed in as nobody@sheaf.test.").waitFor();
});
