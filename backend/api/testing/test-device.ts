import { hiddenFields, type TestPerson } from "./test-person.ts";

/**
 * Does what a waiting device asks for, as a person in a browser would: opens the address with its code, signs up where nobody is signed
 * in yet, and decides on the page that says what is to be allowed.
 */
export async function decideDevice(
	{ browser, email, password }: TestPerson,
	verificationUriComplete: string,
	decision: "allow" | "deny",
): Promise<void> {
	const { pathname, search, searchParams } = new URL(verificationUriComplete);
	const toSignIn = await browser.get(pathname + search);
	if (toSignIn.status === 303) {
		const address = (toSignIn.headers.get("location") ?? "").replace("screen=sign-in", "screen=sign-up");
		const form = await (await browser.get(address)).text();
		await browser.post("/oauth/sign-up", { ...hiddenFields(form), email, password });
	}
	const typed = { ...hiddenFields(await (await browser.get(pathname + search)).text()) };
	const userCode = searchParams.get("user_code") ?? "";
	const page = await (await browser.post("/device", { ...typed, user_code: userCode })).text();
	const decided = await browser.post("/device", { ...hiddenFields(page), decision });
	if (decided.status !== 200) throw new Error(`The decision was answered ${decided.status}.`);
}
