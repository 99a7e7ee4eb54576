import { OAuthError } from "./oauth-error.ts";

/** The device as its client tells of it. A client that sends no id gets one of its own per sign-in. */
export type Device = { id: string | null; name: string | null };

/** The device as its owner will see it in a list. */
export type NamedDevice = { deviceId: string; deviceName: string };

export const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const maxNameLength = 120;
/** Control characters, and those that turn the direction of what is around them: a name is shown where a person decides. */
const unshowable = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** @throws OAuthError `invalid_request` */
export function namedDevice({ id, name }: Device): NamedDevice {
	const deviceId = id ?? crypto.randomUUID();
	const deviceName = name ?? "Browser";
	if (!uuidForm.test(deviceId)) throw new OAuthError("invalid_request", "device_id must be a UUID in lower case");
	if (deviceName.length > maxNameLength) throw new OAuthError("invalid_request", "device_name is too long");
	if (unshowable.test(deviceName)) throw new OAuthError("invalid_request", "device_name has control characters");
	return { deviceId, deviceName };
}
