extension Theme {
    /// Colours of low saturation on a near-black background, so that warnings and errors stand out.
    public static let dark = Theme(
        name: "dark",
        foregrounds: [
            .text: Foreground(Color(0xC8CFDA, 252, 7)),
            .strong: Foreground(Color(0xECEFF4, 255, 15), .bold),
            .muted: Foreground(Color(0x8A94A6, 246, 8)),
            .faint: Foreground(Color(0x5C6675, 241, 8)),
            .accent: Foreground(Color(0x88B4E0, 110, 12)),
            .good: Foreground(Color(0x9CC48C, 114, 10)),
            .warning: Foreground(Color(0xE6C07B, 179, 11)),
            .danger: Foreground(Color(0xE88A8F, 210, 9), .bold),
            .info: Foreground(Color(0x8CC5C4, 116, 14)),
            .title: Foreground(Color(0xECEFF4, 255, 15), .bold),
            .key: Foreground(Color(0x88B4E0, 110, 14), .bold),
            .match: Foreground(Color(0xE6C07B, 221, 11), [.bold, .underline]),
            .frame: Foreground(Color(0x3B4452, 239, 8)),
            .frameFocused: Foreground(Color(0x6F9BC8, 74, 12)),
        ],
        backgrounds: [
            .plain: Background(Color(0x101418, 233, 0)),
            .stripe: Background(Color(0x151A20, 234, 0)),
            .selected: Background(Color(0x2A3F58, 24, 4), foregrounds: darkSelected),
            .selectedUnfocused: Background(Color(0x232A34, 236, 0), foregrounds: darkQuiet),
            .bar: Background(Color(0x1C222B, 235, 0), foregrounds: darkQuiet),
            .field: Background(Color(0x1E242D, 235, 0), foregrounds: darkQuiet),
            .fieldFocused: Background(Color(0x2B3440, 237, 0), foregrounds: darkQuiet),
            .popup: Background(Color(0x181D24, 234, 0), foregrounds: darkQuiet),
            .accent: Background(Color(0x88B4E0, 110, 12), foregrounds: .every(Color(0x101418, 233, 0), .bold)),
            .good: Background(Color(0x9CC48C, 114, 10), foregrounds: .every(Color(0x101418, 233, 0), .bold)),
            .warning: Background(Color(0xE6C07B, 179, 11), foregrounds: .every(Color(0x101418, 233, 0), .bold)),
            .danger: Background(Color(0xD9777F, 174, 9), foregrounds: .every(Color(0x101418, 233, 0), .bold)),
        ])

    /// Lighter text, for the selected row.
    private static let darkSelected: [Tone: Foreground] = [
        .text: Foreground(Color(0xECEFF4, 255, 15)),
        .strong: Foreground(Color(0xFFFFFF, 231, 15), .bold),
        .muted: Foreground(Color(0xB9C4D4, 253, 7)),
        .faint: Foreground(Color(0x93A2B6, 249, 7)),
        .accent: Foreground(Color(0xB3D3F2, 153, 14), .bold),
        .good: Foreground(Color(0xB9DDAA, 157, 10)),
        .warning: Foreground(Color(0xF2D49B, 222, 11)),
        .danger: Foreground(Color(0xFFB3B6, 224, 13), .bold),
        .info: Foreground(Color(0xB2DEDD, 159, 14)),
        .key: Foreground(Color(0xB3D3F2, 153, 14), .bold),
        .match: Foreground(Color(0xF2D49B, 222, 11), [.bold, .underline]),
        .frameFocused: Foreground(Color(0x88B4E0, 117, 14)),
    ]

    /// Muted text with enough contrast on backgrounds lighter than the screen.
    private static let darkQuiet: [Tone: Foreground] = [
        .muted: Foreground(Color(0x9AA5B6, 248, 7)),
        .faint: Foreground(Color(0x6F7A8A, 243, 8)),
    ]
}
