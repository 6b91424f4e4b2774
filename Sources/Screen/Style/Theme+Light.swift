extension Theme {
    /// Dark text on an off-white background, for brightly lit rooms.
    public static let light = Theme(
        name: "light",
        foregrounds: [
            .text: Foreground(Color(0x2E3440, 236, 0)),
            .strong: Foreground(Color(0x14181F, 233, 0), .bold),
            .muted: Foreground(Color(0x5B6472, 241, 8)),
            .faint: Foreground(Color(0x8B93A0, 245, 8)),
            .accent: Foreground(Color(0x2A5F9E, 25, 4)),
            .good: Foreground(Color(0x36702F, 22, 2)),
            .warning: Foreground(Color(0x875000, 94, 3)),
            .danger: Foreground(Color(0xB3262E, 124, 1), .bold),
            .info: Foreground(Color(0x1F6A70, 23, 6)),
            .title: Foreground(Color(0x14181F, 233, 0), .bold),
            .key: Foreground(Color(0x2A5F9E, 25, 4), .bold),
            .match: Foreground(Color(0x875000, 94, 3), [.bold, .underline]),
            .frame: Foreground(Color(0xC4C8CE, 250, 7)),
            .frameFocused: Foreground(Color(0x4A7FBF, 67, 4)),
        ],
        backgrounds: [
            .plain: Background(Color(0xFAF9F6, 255, 15)),
            .stripe: Background(Color(0xF3F2EE, 254, 15)),
            .selected: Background(Color(0xCFE0F3, 189, 6), foregrounds: lightSelected),
            .selectedUnfocused: Background(Color(0xE6E8EA, 253, 7), foregrounds: lightQuiet),
            .bar: Background(Color(0xE9EAE8, 253, 7), foregrounds: lightQuiet),
            .field: Background(Color(0xEDEEEC, 254, 7), foregrounds: lightQuiet),
            .fieldFocused: Background(Color(0xFFFFFF, 231, 15), foregrounds: lightQuiet),
            .popup: Background(Color(0xFFFFFF, 231, 15)),
            .accent: Background(Color(0x2A5F9E, 25, 4), foregrounds: .every(Color(0xFFFFFF, 231, 15), .bold)),
            .good: Background(Color(0x36702F, 22, 2), foregrounds: .every(Color(0xFFFFFF, 231, 15), .bold)),
            .warning: Background(Color(0x875000, 94, 3), foregrounds: .every(Color(0xFFFFFF, 231, 15), .bold)),
            .danger: Background(Color(0xB3262E, 124, 1), foregrounds: .every(Color(0xFFFFFF, 231, 15), .bold)),
        ])

    /// Darker text, for the selected row.
    private static let lightSelected: [Tone: Foreground] = [
        .text: Foreground(Color(0x14181F, 233, 0)),
        .muted: Foreground(Color(0x3E4756, 238, 0)),
        .faint: Foreground(Color(0x566275, 240, 0)),
        .accent: Foreground(Color(0x1C4A80, 18, 4), .bold),
        .good: Foreground(Color(0x245420, 22, 0)),
        .warning: Foreground(Color(0x643B00, 58, 0)),
        .danger: Foreground(Color(0x8F1920, 88, 1), .bold),
        .info: Foreground(Color(0x134E54, 23, 4)),
        .match: Foreground(Color(0x643B00, 58, 0), [.bold, .underline]),
    ]

    /// Muted text with enough contrast on backgrounds darker than the screen.
    private static let lightQuiet: [Tone: Foreground] = [
        .muted: Foreground(Color(0x505967, 240, 0)),
        .faint: Foreground(Color(0x7A828E, 243, 8)),
        .warning: Foreground(Color(0x744400, 58, 3)),
        .match: Foreground(Color(0x744400, 58, 3), [.bold, .underline]),
    ]
}
