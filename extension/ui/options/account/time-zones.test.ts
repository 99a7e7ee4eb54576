import { describe, expect, test } from "bun:test";
import { allZones, findZones, offsetWords, zoneChoice, zoneWords } from "./time-zones.ts";

const zones = ["America/Argentina/Buenos_Aires", "Asia/Kolkata", "Europe/Lisbon", "America/New_York", "UTC"].map(
	zoneChoice,
);
const idsOf = (typed: string) => findZones(zones, typed).map(({ id }) => id);

describe("ID-2: the time zone is found by what a person calls it", () => {
	test("ID-2: by city, by region, by both, in any case and without accents", () => {
		expect(idsOf("lis")).toEqual(["Europe/Lisbon"]);
		expect(idsOf("Europe")).toEqual(["Europe/Lisbon"]);
		expect(idsOf("new york")).toEqual(["America/New_York"]);
		expect(idsOf("america bue")).toEqual(["America/Argentina/Buenos_Aires"]);
		expect(idsOf("Lísbon")).toEqual(["Europe/Lisbon"]);
		expect(idsOf("atlantis")).toEqual([]);
	});

	test("ID-2: nothing typed shows them all, by city", () => {
		expect(idsOf("")).toEqual([
			"America/Argentina/Buenos_Aires",
			"Asia/Kolkata",
			"Europe/Lisbon",
			"America/New_York",
			"UTC",
		]);
	});

	test("ID-2: a city that begins with the word comes before one in a region that does", () => {
		const two = [zoneChoice("America/Adak"), zoneChoice("Africa/Americas_Landing")];
		expect(findZones(two, "america")[0]?.id).toBe("Africa/Americas_Landing");
	});

	test("ID-2: what is written is read by people", () => {
		expect(zoneWords(zoneChoice("America/Argentina/Buenos_Aires"))).toBe("Buenos Aires, America, Argentina");
		expect(zoneWords(zoneChoice("UTC"))).toBe("UTC");
	});

	test("ID-2: the distance from UTC is today's", () => {
		expect(offsetWords("Europe/Lisbon", new Date("2026-07-01T12:00:00Z"))).toBe("UTC+1");
		expect(offsetWords("Europe/Lisbon", new Date("2026-01-01T12:00:00Z"))).toBe("UTC");
		expect(offsetWords("America/New_York", new Date("2026-01-01T12:00:00Z"))).toBe("UTC−5");
		expect(offsetWords("Asia/Kolkata", new Date("2026-01-01T12:00:00Z"))).toBe("UTC+5:30");
		expect(offsetWords("Mars/Olympus", new Date("2026-01-01T12:00:00Z"))).toBe("");
	});

	test("ID-2: this runtime's zones are all there, and UTC", () => {
		const all = allZones();
		expect(all.length).toBeGreaterThan(300);
		expect(all[0]).toEqual({ id: "UTC", city: "UTC", region: "" });
	});
});
