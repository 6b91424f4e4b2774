/// The character encoding of the user's locale. The console writes UTF-8 whatever it is; a terminal that is set to another
/// one then shows no Chinese.
public enum LocaleEncoding {
    /// The encoding that the locale in the environment names, such as `GBK`; the locale's name if it names none, as `C` or
    /// `zh_CN`. `nil` for UTF-8.
    public static func foreign(in environment: [String: String]) -> String? {
        // The order of setlocale(3).
        let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
        let locale = name.prefix { $0 != "@" }
        let encoding = locale.firstIndex(of: ".").map { locale[locale.index(after: $0)...] } ?? locale
        return encoding.lowercased().filter { $0 != "-" } == "utf8" ? nil : String(encoding)
    }
}
