import '../../welcome/scripts/one-login.js';

export default {};
