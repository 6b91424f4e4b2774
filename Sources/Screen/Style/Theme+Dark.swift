extension Theme {
    /// Calm colours of low saturation on a near-black slate: only what is late or wrong stands out.
    public static let dark = Theme(
        name: "dark",
        inks: [
            .text: Ink(Color(0xC8CFDA, 252, 7)),
            .strong: Ink(Color(0xECEFF4, 255, 15), .bold),
            .muted: Ink(Color(0x8A94A6, 246, 8)),
            .faint: Ink(Color(0x5C6675, 241, 8)),
            .accent: Ink(Color(0x88B4E0, 110, 12)),
            .good: Ink(Color(0x9CC48C, 114, 10)),
            .warning: Ink(Color(0xE6C07B, 179, 11)),
            .danger: Ink(Color(0xE88A8F, 210, 9), .bold),
            .info: Ink(Color(0x8CC5C4, 116, 14)),
            .title: Ink(Color(0xECEFF4, 255, 15), .bold),
            .key: Ink(Color(0x88B4E0, 110, 14), .bold),
            .match: Ink(Color(0xE6C07B, 221, 11), [.bold, .underline]),
            .frame: Ink(Color(0x3B4452, 239, 8)),
            .frameFocused: Ink(Color(0x6F9BC8, 74, 12)),
        ],
        paints: [
            .plain: Paint(Color(0x101418, 233, 0)),
            .stripe: Paint(Color(0x151A20, 234, 0)),
            .selected: Paint(Color(0x2A3F58, 24, 4), inks: darkSelected),
            .selectedUnfocused: Paint(Color(0x232A34, 236, 0), inks: darkQuiet),
            .bar: Paint(Color(0x1C222B, 235, 0), inks: darkQuiet),
            .field: Paint(Color(0x1E242D, 235, 0), inks: darkQuiet),
            .fieldFocused: Paint(Color(0x2B3440, 237, 0), inks: darkQuiet),
            .popup: Paint(Color(0x181D24, 234, 0), inks: darkQuiet),
            .accent: Paint(Color(0x88B4E0, 110, 12), inks: .every(Ink(Color(0x101418, 233, 0), .bold))),
            .good: Paint(Color(0x9CC48C, 114, 10), inks: .every(Ink(Color(0x101418, 233, 0), .bold))),
            .warning: Paint(Color(0xE6C07B, 179, 11), inks: .every(Ink(Color(0x101418, 233, 0), .bold))),
            .danger: Paint(Color(0xD9777F, 174, 9), inks: .every(Ink(Color(0x101418, 233, 0), .bold))),
        ])

    /// On the selected row everything is a shade lighter.
    private static let darkSelected: [Tone: Ink] = [
        .text: Ink(Color(0xECEFF4, 255, 15)),
        .strong: Ink(Color(0xFFFFFF, 231, 15), .bold),
        .muted: Ink(Color(0xB9C4D4, 253, 7)),
        .faint: Ink(Color(0x93A2B6, 249, 7)),
        .accent: Ink(Color(0xB3D3F2, 153, 14), .bold),
        .good: Ink(Color(0xB9DDAA, 157, 10)),
        .warning: Ink(Color(0xF2D49B, 222, 11)),
        .danger: Ink(Color(0xFFB3B6, 224, 13), .bold),
        .info: Ink(Color(0xB2DEDD, 159, 14)),
        .key: Ink(Color(0xB3D3F2, 153, 14), .bold),
        .match: Ink(Color(0xF2D49B, 222, 11), [.bold, .underline]),
        .frameFocused: Ink(Color(0x88B4E0, 117, 14)),
    ]

    /// On grounds lighter than the screen what is muted must not sink in.
    private static let darkQuiet: [Tone: Ink] = [
        .muted: Ink(Color(0x9AA5B6, 248, 7)),
        .faint: Ink(Color(0x6F7A8A, 243, 8)),
    ]
}
