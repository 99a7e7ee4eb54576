import { codeIn } from "../../../mail/test-mail-box.ts";
import type { TestBackend } from "../../testing/test-backend.ts";
import { type Shown, TestWindow } from "../letter/test-window.ts";
import type { World } from "./test-probe.ts";

const letters = { SHEAF_SMTP_URL: "smtp://localhost:2525", SHEAF_MAIL_FROM: "sheaf@example.test" };
export const someone = () => `${crypto.randomUUID()}@example.test`;
export const wrongPassword = "not the right password";

/** A backend that proves addresses, whose clock stands still: no limit's window ends in the middle of a probe. */
export async function proving({ own }: World): Promise<TestBackend> {
	const now = Date.now();
	return await own(letters, { clock: () => now });
}

/** Somebody who has an account. */
export async function known(backend: TestBackend): Promise<string> {
	const [email, window] = [someone(), new TestWindow(backend)];
	await window.signUp(email);
	await window.submit("/oauth/sign-up/code", { code: codeIn(backend.mailBox.to(email)) });
	return email;
}

export async function forgot(
	backend: TestBackend,
	email: string,
	headers: Record<string, string> = {},
): Promise<Shown> {
	const window = await new TestWindow(backend).open("sign-in");
	await window.visit(window.linkTo("/oauth/forgot"));
	return await window.submit("/oauth/forgot", { email }, headers);
}
