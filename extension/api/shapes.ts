/**
 * Whether an answer has the envelope the contract promises; what is inside is trusted. Each is a guard for `Call.answers`.
 */
export const isAnything = (_body: unknown): _body is unknown => true;

export const isList = <Item>(body: unknown): body is Item[] => Array.isArray(body);

export const withList =
	<T>(key: keyof T & string) =>
	(body: unknown): body is T =>
		Array.isArray(valueIn(body, key));

export const withObject =
	<T>(key: keyof T & string) =>
	(body: unknown): body is T => {
		const value = valueIn(body, key);
		return typeof value === "object" && value !== null;
	};

export const withText =
	<T>(key: keyof T & string) =>
	(body: unknown): body is T =>
		typeof valueIn(body, key) === "string";

/** Whatever its value: `null` may be the answer. */
export const withKey =
	<T>(key: keyof T & string) =>
	(body: unknown): body is T =>
		valueIn(body, key) !== undefined;

export const isBlob = (body: unknown): body is Blob => body instanceof Blob;

function valueIn(body: unknown, key: string): unknown {
	return typeof body === "object" && body !== null ? new Map(Object.entries(body)).get(key) : undefined;
}
