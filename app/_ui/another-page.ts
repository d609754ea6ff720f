/** The window's event when another page, or another view of this one, was asked for. */
export const ANOTHER_PAGE = "another-page";
