module.exports = sharedPackages.require('mathjs/number');
