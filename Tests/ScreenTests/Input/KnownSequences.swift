import Screen

/// What terminals send, and what it is.
enum KnownSequences {
    private static func keys(_ pairs: [(String, Key)]) -> [(bytes: [UInt8], event: Event)] {
        pairs.map { (Array($0.utf8), .key($1)) }
    }

    private static let arrows: [(String, Key, Key.Motion)] = [
        ("A", .up, .up), ("B", .down, .down), ("C", .right, .right), ("D", .left, .left), ("H", .home, .home),
        ("F", .end, .end),
    ]

    /// Arrows, Home and End: normal and application mode, xterm's modifiers (2 is Shift, 3 to 8 count as Ctrl), old
    /// terminals without the first number, rxvt.
    private static let motions: [(String, Key)] = {
        var keys: [(String, Key)] = [
            ("\u{1B}[a", .shifted(.up)), ("\u{1B}[b", .shifted(.down)), ("\u{1B}[c", .shifted(.right)),
            ("\u{1B}[d", .shifted(.left)), ("\u{1B}Oa", .controlled(.up)), ("\u{1B}Od", .controlled(.left)),
        ]
        for (final, plain, motion) in arrows {
            for rest in ["[", "O", "[1", "[1;1"] { keys.append(("\u{1B}\(rest)\(final)", plain)) }
            for rest in ["[1;2", "[2", "O2"] { keys.append(("\u{1B}\(rest)\(final)", .shifted(motion))) }
            let controlled = ["[5", "O5", "O1;5", "[1;133", "[1;5:1"] + (3...8).map { "[1;\($0)" }
            for rest in controlled { keys.append(("\u{1B}\(rest)\(final)", .controlled(motion))) }
        }
        return keys
    }()

    /// The keys above the arrows.
    private static let numbered: [(String, Key)] = {
        var keys: [(String, Key)] = [
            ("\u{1B}[2~", .insert), ("\u{1B}[2;5~", .insert), ("\u{1B}[3~", .delete), ("\u{1B}[3;7~", .delete),
            ("\u{1B}[3$", .delete), ("\u{1B}[Z", .backTab), ("\u{1B}[1;2Z", .backTab),
        ]
        let numbers: [(Int, Key, Key.Motion)] = [
            (1, .home, .home), (7, .home, .home), (4, .end, .end), (8, .end, .end), (5, .pageUp, .pageUp),
            (6, .pageDown, .pageDown),
        ]
        for (number, plain, motion) in numbers {
            keys.append(("\u{1B}[\(number)~", plain))
            for rest in [";2~", "$"] { keys.append(("\u{1B}[\(number)\(rest)", .shifted(motion))) }
            for rest in [";5~", ";8~", "^", "@"] { keys.append(("\u{1B}[\(number)\(rest)", .controlled(motion))) }
        }
        return keys
    }()

    /// F1 to F20: xterm, vt220, rxvt and the Linux console, with xterm's numbers for modifiers.
    private static let functions: [(String, Key)] = {
        var keys: [(String, Key)] = [("\u{1B}[1;4P", .function(61)), ("\u{1B}[13;4~", .function(63))]
        for (number, n) in zip([11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24], 1...) {
            keys += [
                ("\u{1B}[\(number)~", .function(n)), ("\u{1B}[\(number);2~", .function(n + 12)),
                ("\u{1B}[\(number);5~", .function(n + 24)), ("\u{1B}[\(number);6~", .function(n + 36)),
                ("\u{1B}[\(number);3~", .function(n + 48)), ("\u{1B}[\(number)^", .function(n + 24)),
            ]
        }
        for (final, n) in zip("PQRS", 1...) {
            keys += [
                ("\u{1B}O\(final)", .function(n)), ("\u{1B}[\(final)", .function(n)),
                ("\u{1B}[1;1\(final)", .function(n)), ("\u{1B}[1;2\(final)", .function(n + 12)),
                ("\u{1B}O1;2\(final)", .function(n + 12)), ("\u{1B}O2\(final)", .function(n + 12)),
                ("\u{1B}[1;5\(final)", .function(n + 24)),
            ]
        }
        for (final, n) in zip("ABCDE", 1...) { keys.append(("\u{1B}[[\(final)", .function(n))) }
        for (number, n) in zip([25, 26, 28, 29, 31, 32, 33, 34], 13...) {
            keys.append(("\u{1B}[\(number)~", .function(n)))
        }
        return keys
    }()

    /// The keypad in application mode.
    private static let keypad: [(String, Key)] =
        [("\u{1B}OM", .enter), ("\u{1B}OI", .tab), ("\u{1B}OX", .character("=")), ("\u{1B}O ", .character(" "))]
        + zip("jklmnopqrstuvwxy", "*+,-./0123456789").map { ("\u{1B}O\($0)", Key.character($1)) }

    /// Keys as numbers of characters: kitty's `CSI u` and xterm's `modifyOtherKeys`.
    private static let encoded: [(String, Key)] = [
        ("\u{1B}[97u", .character("a")), ("\u{1B}[97;1u", .character("a")), ("\u{1B}[24352u", .character("张")),
        ("\u{1B}[97;2u", .character("A")), ("\u{1B}[49:33;2u", .character("!")), ("\u{1B}[97;65u", .character("a")),
        ("\u{1B}[112;5u", .control("p")), ("\u{1B}[112;6u", .control("p")), ("\u{1B}[32;5u", .control(" ")),
        ("\u{1B}[105;5u", .tab), ("\u{1B}[109;5u", .enter), ("\u{1B}[91;5u", .escape), ("\u{1B}[47;5u", .control("_")),
        ("\u{1B}[54;5u", .control("^")), ("\u{1B}[120;3u", .alt("x")), ("\u{1B}[120;4u", .alt("X")),
        ("\u{1B}[13u", .enter), ("\u{1B}[13;2u", .enter), ("\u{1B}[27u", .escape), ("\u{1B}[9u", .tab),
        ("\u{1B}[9;2u", .backTab), ("\u{1B}[127u", .backspace), ("\u{1B}[57414u", .enter),
        ("\u{1B}[57399u", .character("0")), ("\u{1B}[57408u", .character("9")), ("\u{1B}[57410u", .character("/")),
        ("\u{1B}[57419u", .up), ("\u{1B}[57417;2u", .shifted(.left)), ("\u{1B}[57424;5u", .controlled(.end)),
        ("\u{1B}[57426u", .delete), ("\u{1B}[57376u", .function(13)), ("\u{1B}[27;5;112~", .control("p")),
        ("\u{1B}[27;2;13~", .enter), ("\u{1B}[27;3;98~", .alt("b")),
    ]

    private static func mouse(_ text: String, _ action: Mouse.Action, _ x: Int, _ y: Int) -> ([UInt8], Event) {
        (Array(text.utf8), .mouse(Mouse(action, at: Point(x: x, y: y))))
    }

    /// SGR reports, X10 reports and focus.
    private static let reports: [(bytes: [UInt8], event: Event)] = [
        mouse("\u{1B}[<0;1;1M", .press(.left), 0, 0), mouse("\u{1B}[<1;5;7M", .press(.middle), 4, 6),
        mouse("\u{1B}[<2;300;90M", .press(.right), 299, 89), mouse("\u{1B}[<16;5;7M", .press(.left), 4, 6),
        mouse("\u{1B}[<0;5;7m", .release(.left), 4, 6), mouse("\u{1B}[<2;5;7m", .release(.right), 4, 6),
        mouse("\u{1B}[<32;5;7M", .drag, 4, 6), mouse("\u{1B}[<64;5;7M", .wheelUp, 4, 6),
        mouse("\u{1B}[<65;5;7M", .wheelDown, 4, 6), mouse("\u{1B}[M !!", .press(.left), 0, 0),
        mouse("\u{1B}[M#!!", .release(.left), 0, 0), mouse("\u{1B}[M`%'", .wheelUp, 4, 6),
        mouse("\u{1B}[M@%'", .drag, 4, 6),
        // Beyond column 95 the byte is no ASCII character.
        (Array("\u{1B}[M ".utf8) + [0xE4, 0x7F], .mouse(Mouse(.press(.left), at: Point(x: 195, y: 94)))),
        (Array("\u{1B}[I".utf8), .focusGained), (Array("\u{1B}[O".utf8), .focusLost),
    ]

    static let all = keys(motions + numbered + functions + keypad + encoded) + reports
}
