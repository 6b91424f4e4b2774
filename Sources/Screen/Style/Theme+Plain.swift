extension Theme {
    /// Pure colours on black; every text has a contrast of at least 7 : 1 (WCAG AAA).
    public static let highContrast = Theme(
        name: "high-contrast",
        foregrounds: [
            .text: Foreground(Color(0xFFFFFF, 231, 15)),
            .strong: Foreground(Color(0xFFFFFF, 231, 15), .bold),
            .muted: Foreground(Color(0xD0D0D0, 252, 7)),
            .faint: Foreground(Color(0xB2B2B2, 249, 7)),
            .accent: Foreground(Color(0x5FD7FF, 81, 14), .bold),
            .good: Foreground(Color(0x87FF5F, 119, 10), .bold),
            .warning: Foreground(Color(0xFFFF5F, 227, 11), .bold),
            .danger: Foreground(Color(0xFF8787, 210, 9), [.bold, .underline]),
            .info: Foreground(Color(0x5FFFFF, 87, 14)),
            .title: Foreground(Color(0xFFFFFF, 231, 15), .bold),
            .key: Foreground(Color(0xFFFF5F, 227, 11), .bold),
            .match: Foreground(Color(0xFFFF5F, 227, 11), [.bold, .underline]),
            .frame: Foreground(Color(0xB2B2B2, 249, 7)),
            .frameFocused: Foreground(Color(0xFFFF5F, 227, 11), .bold),
        ],
        backgrounds: [
            .plain: Background(Color(0x000000, 16, 0)),
            .stripe: Background(Color(0x000000, 16, 0)),
            .selected: Background(Color(0xFFFF5F, 227, 11), foregrounds: .every(Color(0x000000, 16, 0), .bold)),
            .selectedUnfocused: Background(Color(0xD0D0D0, 252, 7), foregrounds: .every(Color(0x000000, 16, 0))),
            .bar: Background(
                Color(0xFFFFFF, 231, 15),
                foregrounds: .every(
                    Color(0x000000, 16, 0),
                    except: [
                        .danger: Foreground(Color(0xAF0000, 124, 1), [.bold, .underline]),
                        .warning: Foreground(Color(0x000000, 16, 0), [.bold, .underline]),
                    ])),
            .field: Background(Color(0x000000, 16, 0), .underline),
            // A placeholder is not taken for typed text.
            .fieldFocused: Background(
                Color(0xFFFFFF, 231, 15), .underline,
                foregrounds: .every(
                    Color(0x000000, 16, 0), except: [.faint: Foreground(Color(0x0000AF, 19, 4), .italic)])),
            .popup: Background(Color(0x000000, 16, 0)),
            .accent: Background(Color(0x5FD7FF, 81, 14), foregrounds: .every(Color(0x000000, 16, 0), .bold)),
            .good: Background(Color(0x87FF5F, 119, 10), foregrounds: .every(Color(0x000000, 16, 0), .bold)),
            .warning: Background(Color(0xFFFF5F, 227, 11), foregrounds: .every(Color(0x000000, 16, 0), .bold)),
            .danger: Background(Color(0xFF8787, 210, 9), foregrounds: .every(Color(0x000000, 16, 0), .bold)),
        ])

    /// No colours, only weight, underline and reverse video (`NO_COLOR`).
    public static let mono = Theme(
        name: "mono",
        foregrounds: [
            .text: Foreground(nil),
            .strong: Foreground(nil, .bold),
            .muted: Foreground(nil),
            .faint: Foreground(nil, .dim),
            .accent: Foreground(nil, .bold),
            .good: Foreground(nil),
            .warning: Foreground(nil, .underline),
            .danger: Foreground(nil, [.bold, .underline]),
            .info: Foreground(nil),
            .title: Foreground(nil, .bold),
            .key: Foreground(nil, .bold),
            .match: Foreground(nil, [.bold, .underline]),
            .frame: Foreground(nil, .dim),
            .frameFocused: Foreground(nil, .bold),
        ],
        backgrounds: [
            .plain: Background(nil),
            .stripe: Background(nil),
            .selected: Background(nil, .reverse),
            .selectedUnfocused: Background(nil, .underline),
            .bar: Background(nil, .reverse),
            .field: Background(nil, .underline),
            .fieldFocused: Background(
                nil, [.underline, .bold], foregrounds: [.faint: Foreground(nil, [.dim, .italic])]),
            .popup: Background(nil),
            .accent: Background(nil, [.reverse, .bold]),
            .good: Background(nil, .reverse),
            .warning: Background(nil, .reverse),
            .danger: Background(nil, [.reverse, .bold]),
        ])
}

extension [Tone: Theme.Foreground] {
    /// The same entry for every tone, for backgrounds on which only one text colour is readable.
    static func every(
        _ color: Color, _ attributes: Attributes = [], except others: [Tone: Theme.Foreground] = [:]
    ) -> [Tone: Theme.Foreground] {
        Dictionary(uniqueKeysWithValues: Tone.allCases.map { ($0, others[$0] ?? Theme.Foreground(color, attributes)) })
    }
}
