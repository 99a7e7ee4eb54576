import "../../messages/test-browser.ts";
import { describe, expect, test } from "bun:test";
import { showsGuestBanner } from "./guest-banner.ts";

const now = Date.parse("2026-03-10T12:00:00Z");
const day = 24 * 60 * 60 * 1_000;

describe("J1: the guest's banner", () => {
	test("J1: is there until it is hidden, stays away for a week, and comes back", () => {
		expect(showsGuestBanner(null, now)).toBe(true);
		expect(showsGuestBanner(now, now)).toBe(false);
		expect(showsGuestBanner(now - 6 * day, now)).toBe(false);
		expect(showsGuestBanner(now - 7 * day, now)).toBe(true);
	});

	test("J1: a clock that was set back hides it for no longer", () => {
		expect(showsGuestBanner(now + 400 * day, now)).toBe(true);
	});
});
