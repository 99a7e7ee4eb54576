import { describe, expect, test } from "bun:test";
import { readInviteLink } from "./invite-token.ts";

const token = "a".repeat(40) + "-_9";
const server = "https://sheaf.example.com";

describe("ID-7: an invite link that was pasted", () => {
	test("ID-7: gives its token, also with spaces, a slash or a query, or when it is the token alone", () => {
		for (const pasted of [
			`${server}/invite/${token}`,
			`  ${server}/invite/${token}\n`,
			`${server}/invite/${token}/`,
			`${server}/invite/${token}?from=mail#top`,
			token,
		]) {
			expect(readInviteLink(pasted, server)).toEqual({ kind: "token", token });
		}
	});

	test("ID-7: of another server is not sent to this one", () => {
		expect(readInviteLink(`https://other.example/invite/${token}`, server)).toEqual({
			kind: "other-server",
			host: "other.example",
		});
		expect(readInviteLink(`http://sheaf.example.com/invite/${token}`, server).kind).toBe("other-server");
	});

	test("ID-7: that is none is said to be none", () => {
		for (const pasted of ["", "hello", server, `${server}/invite/short`, `${server}/join/${token}`, `${token}x`]) {
			expect(readInviteLink(pasted, server)).toEqual({ kind: "not-a-link" });
		}
	});
});
