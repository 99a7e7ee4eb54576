import { startTestBackend, type TestBackend, type TestBackendOptions } from "../../testing/test-backend.ts";
import { authorizePath, hiddenFields, makePkce, redirectUri, TestBrowser } from "../../testing/test-person.ts";

/** A backend that proves addresses before it makes accounts; its letters are in its mail box. */
export async function startLetterBackend(options: TestBackendOptions = {}): Promise<TestBackend> {
	const variables = {
		SHEAF_SMTP_URL: "smtp://localhost:2525",
		SHEAF_MAIL_FROM: "sheaf@example.test",
		...options.variables,
	};
	return await startTestBackend({ ...options, variables });
}

export const goodPassword = "correct horse battery";

export type Shown = { answer: Response; status: number; text: string };

/** One window on its way through the pages: it submits the first form of the page it shows. */
export class TestWindow {
	readonly browser: TestBrowser;
	page = "";

	constructor(backend: TestBackend) {
		this.browser = new TestBrowser(backend.url);
	}

	/** The sign-in page for the extension, with this tab in front. */
	async open(screen: "sign-in" | "sign-up" = "sign-up"): Promise<this> {
		await this.visit(`${authorizePath(makePkce())}&screen=${screen}`);
		return this;
	}

	async visit(address: string): Promise<Shown> {
		const { pathname, search } = new URL(address, "http://localhost");
		return await this.#show(await this.browser.get(pathname + search));
	}

	async submit(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Shown> {
		return await this.#show(await this.browser.post(path, { ...hiddenFields(this.page), ...fields }, headers));
	}

	async #show(answer: Response): Promise<Shown> {
		const text = await answer.text();
		if (answer.status === 200) this.page = text;
		return { answer, status: answer.status, text };
	}

	async signUp(email: string, password = goodPassword): Promise<Shown> {
		await this.open("sign-up");
		return await this.submit("/oauth/sign-up", { email, password });
	}

	async signIn(email: string, password = goodPassword): Promise<Shown> {
		await this.open("sign-in");
		return await this.submit("/oauth/sign-in", { email, password });
	}

	/** The first link of the page that leads there. */
	linkTo(start: string): string {
		const escaped = new RegExp(`href="(${start}[^"]*)"`).exec(this.page)?.[1];
		if (escaped === undefined) throw new Error(`No link to ${start} in ${this.page}`);
		return escaped.replaceAll("&amp;", "&");
	}
}

/** Whether a window was sent on to the extension with a code, signed in. */
export function isSignedIn({ answer }: Shown): boolean {
	const location = answer.headers.get("location") ?? "";
	const code = location.startsWith(redirectUri) ? new URL(location).searchParams.get("code") : null;
	const cookie = answer.headers.getSetCookie().some((one) => /^sheaf_session=[\w-]{43};/.test(one));
	return answer.status === 303 && code?.length === 43 && cookie;
}

/** What of a page may differ from one time to the next: tokens, and the address that was typed. */
export function comparable({ text }: Shown, email: string): string {
	return text
		.replaceAll(/value="[\w-]{43}"/g, 'value="…"')
		.replaceAll(/code_challenge(=|%3D)[\w-]+/g, "…")
		.replaceAll(email, "<email>");
}
