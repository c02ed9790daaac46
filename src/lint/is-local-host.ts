/** Whether only this machine or this network knows a host of that name. */
export const isLocalHost = (hostname: string): boolean =>
  /^(?:localhost|.*\.(?:localhost|local|localdomain|internal|test|invalid)|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|0\.0\.0\.0|\[::1?\])$/i.test(
    hostname,
  );
