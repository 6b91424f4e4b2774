import ArgumentParser
import Estate

/// How the console looks.
struct ScreenOptions: ParsableArguments {
    @Option(help: "dark, light, high-contrast, mono")
    var theme: String?
    @Option(help: "zh, en")
    var lang: String?

    func open(_ store: Store, as member: StaffMember?) throws {}
}
