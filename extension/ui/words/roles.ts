/** Words about where a person works and as what, for the popup and the options page alike. */
export const roleWords = {
	roles: { owner: "Owner", admin: "Admin", member: "Member", viewer: "Viewer" },
	/** In the middle of a sentence. */
	as: { owner: "an owner", admin: "an admin", member: "a member", viewer: "a viewer" },
	personalNote: "Only you",
	switching: (name: string) => `Switching to ${name}`,
	viewerHere: (name: string) => `In ${name} you can look and not change anything.`,
	viewerPopup: (name: string) => `${name} lets you look only, so captures stay on this device.`,
	switchHere: "Switch",
	switchingHere: "Switching",
	switchTo: (name: string) => `Switch to ${name}`,
	switchFailed: (message: string) => `Not switched: ${message}`,
};
