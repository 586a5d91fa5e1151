// The web apps show a login form of their own after signing out and when the session has ended. There is one login page; this leads there.
const send = XMLHttpRequest.prototype.send;

XMLHttpRequest.prototype.send = function (...body) {
  this.addEventListener('load', () => {
    if (this.status === 401 || this.responseURL.endsWith('/logout')) {
      location.assign('../../../../login');
    }
  });
  return send.apply(this, body);
};
