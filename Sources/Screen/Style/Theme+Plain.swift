extension Theme {
    /// Pure colours on black, every pair at least 7 : 1, for tired eyes and bad panels.
    public static let highContrast = Theme(
        name: "high-contrast",
        inks: [
            .text: Ink(Color(0xFFFFFF, 231, 15)),
            .strong: Ink(Color(0xFFFFFF, 231, 15), .bold),
            .muted: Ink(Color(0xD0D0D0, 252, 7)),
            .faint: Ink(Color(0xB2B2B2, 249, 7)),
            .accent: Ink(Color(0x5FD7FF, 81, 14), .bold),
            .good: Ink(Color(0x87FF5F, 119, 10), .bold),
            .warning: Ink(Color(0xFFFF5F, 227, 11), .bold),
            .danger: Ink(Color(0xFF8787, 210, 9), [.bold, .underline]),
            .info: Ink(Color(0x5FFFFF, 87, 14)),
            .title: Ink(Color(0xFFFFFF, 231, 15), .bold),
            .key: Ink(Color(0xFFFF5F, 227, 11), .bold),
            .match: Ink(Color(0xFFFF5F, 227, 11), [.bold, .underline]),
            .frame: Ink(Color(0xB2B2B2, 249, 7)),
            .frameFocused: Ink(Color(0xFFFF5F, 227, 11), .bold),
        ],
        paints: [
            .plain: Paint(Color(0x000000, 16, 0)),
            .stripe: Paint(Color(0x000000, 16, 0)),
            .selected: Paint(Color(0xFFFF5F, 227, 11), inks: .every(Ink(Color(0x000000, 16, 0), .bold))),
            .selectedUnfocused: Paint(Color(0xD0D0D0, 252, 7), inks: .every(Ink(Color(0x000000, 16, 0)))),
            .bar: Paint(Color(0xFFFFFF, 231, 15), inks: .every(Ink(Color(0x000000, 16, 0)))),
            .field: Paint(Color(0x000000, 16, 0), .underline),
            .fieldFocused: Paint(Color(0xFFFFFF, 231, 15), .underline, inks: .every(Ink(Color(0x000000, 16, 0)))),
            .popup: Paint(Color(0x000000, 16, 0)),
            .accent: Paint(Color(0x5FD7FF, 81, 14), inks: .every(Ink(Color(0x000000, 16, 0), .bold))),
            .good: Paint(Color(0x87FF5F, 119, 10), inks: .every(Ink(Color(0x000000, 16, 0), .bold))),
            .warning: Paint(Color(0xFFFF5F, 227, 11), inks: .every(Ink(Color(0x000000, 16, 0), .bold))),
            .danger: Paint(Color(0xFF8787, 210, 9), inks: .every(Ink(Color(0x000000, 16, 0), .bold))),
        ])

    /// No colours: weight, underline and reversal only (`NO_COLOR`).
    public static let mono = Theme(
        name: "mono",
        inks: [
            .text: Ink(nil),
            .strong: Ink(nil, .bold),
            .muted: Ink(nil),
            .faint: Ink(nil, .dim),
            .accent: Ink(nil, .bold),
            .good: Ink(nil),
            .warning: Ink(nil, .underline),
            .danger: Ink(nil, [.bold, .underline]),
            .info: Ink(nil),
            .title: Ink(nil, .bold),
            .key: Ink(nil, .bold),
            .match: Ink(nil, [.bold, .underline]),
            .frame: Ink(nil, .dim),
            .frameFocused: Ink(nil, .bold),
        ],
        paints: [
            .plain: Paint(nil),
            .stripe: Paint(nil),
            .selected: Paint(nil, .reverse),
            .selectedUnfocused: Paint(nil, .underline),
            .bar: Paint(nil, .reverse),
            .field: Paint(nil, .underline),
            .fieldFocused: Paint(nil, [.underline, .bold]),
            .popup: Paint(nil),
            .accent: Paint(nil, [.reverse, .bold]),
            .good: Paint(nil, .reverse),
            .warning: Paint(nil, .reverse),
            .danger: Paint(nil, [.reverse, .bold]),
        ])
}

extension [Tone: Theme.Ink] {
    /// One ink for every tone: on strong grounds only one is readable.
    static func every(_ ink: Theme.Ink) -> [Tone: Theme.Ink] {
        Dictionary(uniqueKeysWithValues: Tone.allCases.map { ($0, ink) })
    }
}
