import { expect, test } from "bun:test";
import { printable } from "./printable.ts";

test("SEC-1: a name that somebody else gave cannot make the terminal do anything", () => {
	expect(printable("Team \u001b]0;mine\u0007\u001b[2J")).toBe("Team \ufffd]0;mine\ufffd\ufffd[2J");
	expect(printable("\u009b2J\u007f\r\u202eevil")).toBe("\ufffd2J\ufffd\ufffd\ufffdevil");
	expect(printable("Größe 中文 😀\n\t{}")).toBe("Größe 中文 😀\n\t{}");
});
