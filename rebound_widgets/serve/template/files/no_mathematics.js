// Stands where Voilà's script expects MathJax, which it loads at every start. Rebound sets nothing as mathematics:
// "$52k vs $60k" in a note is money.
window.MathJax = {
  Ajax: {},
  Hub: { Config() {}, Configured() {}, Queue() {}, Register: { StartupHook() {} } },
};
