import type { ProviderView } from "../../../../backend/contract/providers.ts";

/** As the contract's `maxFileBytes`; asked here before the bytes are read for their hash. */
export const maxFileBytes = 100 * 1024 * 1024;

/** By what the file is called; the server looks into it all the same. */
const mediaTypes: ReadonlyMap<string, string> = new Map([
	["csv", "text/csv"],
	["tsv", "text/tab-separated-values"],
	["tab", "text/tab-separated-values"],
	["json", "application/json"],
	["jsonl", "application/x-ndjson"],
	["ndjson", "application/x-ndjson"],
	["txt", "text/plain"],
]);

/** What the browser's window for choosing a file offers first. */
export const acceptedFiles = [...mediaTypes.keys()].map((ending) => `.${ending}`).join(",");

export function mediaTypeOf(fileName: string): string {
	const ending = fileName.slice(fileName.lastIndexOf(".") + 1).toLowerCase();
	return mediaTypes.get(ending) ?? "text/plain";
}

/** What is added is a file and no account: other words stand on its buttons. */
export function isOfFiles(provider: ProviderView | undefined): boolean {
	return provider?.form.some(({ kind }) => kind === "file") ?? false;
}

/** What the file is called that fills this form. */
export function fileNameIn(credential: Readonly<Record<string, string>>, provider: ProviderView): string | undefined {
	const nameIn = provider.form.find(({ kind }) => kind === "file")?.nameIn;
	return nameIn === undefined ? undefined : credential[nameIn];
}

/**
 * What of a connection's settings says something to a person: a choice by the words it was made by. A file's name stands above already, and its
 * hash is nothing to read.
 */
export function shownSettings(
	settings: Readonly<Record<string, string>>,
	provider: ProviderView | undefined,
): string[] {
	if (isOfFiles(provider)) return [];
	return Object.entries(settings).map(([name, value]) => {
		const field = provider?.form.find((asked) => asked.name === name);
		return field?.choices?.find((choice) => choice.value === value)?.label ?? value;
	});
}
