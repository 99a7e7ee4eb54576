import { guestBannerHiddenAt } from "../../settings/items.ts";

/** A guest who has hidden the banner is told again after a week: by then it is easily forgotten where the captures are. */
const hiddenForMs = 7 * 24 * 60 * 60 * 1_000;

/** @param hiddenAt when it was hidden on this device, or null (epoch milliseconds) */
export function showsGuestBanner(hiddenAt: number | null, now: number): boolean {
	// A clock that was set back must not hide it for years.
	return hiddenAt === null || hiddenAt > now || now - hiddenAt >= hiddenForMs;
}

export function hideGuestBanner(): void {
	void guestBannerHiddenAt.setValue(Date.now());
}
