/** The header by which a browser says that a request comes from the product's own pages. */
export const ownPages = { "sec-fetch-site": "same-origin" };
