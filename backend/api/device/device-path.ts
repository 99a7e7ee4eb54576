/** The address of the page where a person allows a waiting device; with its code, the field there is filled in already. */
export function devicePath(userCode: string | null): string {
	return userCode === null ? "/device" : `/device?user_code=${userCode}`;
}
