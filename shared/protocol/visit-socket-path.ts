/** Where a visitor's page opens its socket: beside the page itself, apart from the screens'. */
export const visitSocketPath = '/v/socket/';
