extension Theme {
    /// Ink on warm paper, for bright halls and counters by the window.
    public static let light = Theme(
        name: "light",
        inks: [
            .text: Ink(Color(0x2E3440, 236, 0)),
            .strong: Ink(Color(0x14181F, 233, 0), .bold),
            .muted: Ink(Color(0x5B6472, 241, 8)),
            .faint: Ink(Color(0x8B93A0, 245, 8)),
            .accent: Ink(Color(0x2A5F9E, 25, 4)),
            .good: Ink(Color(0x36702F, 22, 2)),
            .warning: Ink(Color(0x875000, 94, 3)),
            .danger: Ink(Color(0xB3262E, 124, 1), .bold),
            .info: Ink(Color(0x1F6A70, 23, 6)),
            .title: Ink(Color(0x14181F, 233, 0), .bold),
            .key: Ink(Color(0x2A5F9E, 25, 4), .bold),
            .match: Ink(Color(0x875000, 94, 3), [.bold, .underline]),
            .frame: Ink(Color(0xC4C8CE, 250, 7)),
            .frameFocused: Ink(Color(0x4A7FBF, 67, 4)),
        ],
        paints: [
            .plain: Paint(Color(0xFAF9F6, 255, 15)),
            .stripe: Paint(Color(0xF3F2EE, 254, 15)),
            .selected: Paint(Color(0xCFE0F3, 189, 6), inks: lightSelected),
            .selectedUnfocused: Paint(Color(0xE6E8EA, 253, 7), inks: lightQuiet),
            .bar: Paint(Color(0xE9EAE8, 253, 7), inks: lightQuiet),
            .field: Paint(Color(0xEDEEEC, 254, 7), inks: lightQuiet),
            .fieldFocused: Paint(Color(0xFFFFFF, 231, 15), inks: lightQuiet),
            .popup: Paint(Color(0xFFFFFF, 231, 15)),
            .accent: Paint(Color(0x2A5F9E, 25, 4), inks: .every(Ink(Color(0xFFFFFF, 231, 15), .bold))),
            .good: Paint(Color(0x36702F, 22, 2), inks: .every(Ink(Color(0xFFFFFF, 231, 15), .bold))),
            .warning: Paint(Color(0x875000, 94, 3), inks: .every(Ink(Color(0xFFFFFF, 231, 15), .bold))),
            .danger: Paint(Color(0xB3262E, 124, 1), inks: .every(Ink(Color(0xFFFFFF, 231, 15), .bold))),
        ])

    /// On the selected row everything is a shade darker.
    private static let lightSelected: [Tone: Ink] = [
        .text: Ink(Color(0x14181F, 233, 0)),
        .muted: Ink(Color(0x3E4756, 238, 0)),
        .faint: Ink(Color(0x566275, 240, 0)),
        .accent: Ink(Color(0x1C4A80, 18, 4), .bold),
        .good: Ink(Color(0x245420, 22, 0)),
        .warning: Ink(Color(0x643B00, 58, 0)),
        .danger: Ink(Color(0x8F1920, 88, 1), .bold),
        .info: Ink(Color(0x134E54, 23, 4)),
        .match: Ink(Color(0x643B00, 58, 0), [.bold, .underline]),
    ]

    /// On grounds darker than the paper what is muted must not sink in.
    private static let lightQuiet: [Tone: Ink] = [
        .muted: Ink(Color(0x505967, 240, 0)),
        .faint: Ink(Color(0x7A828E, 243, 8)),
        .warning: Ink(Color(0x744400, 58, 3)),
        .match: Ink(Color(0x744400, 58, 3), [.bold, .underline]),
    ]
}
