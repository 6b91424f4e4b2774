import Foundation
import Screen
import Testing

@Suite("Themes")
struct ThemeTests {
    @Test("A theme defines every tone and every ground", arguments: Theme.all.map(\.name))
    func complete(name: String) throws {
        let theme = try #require(Theme(named: name))
        #expect(Tone.allCases.allSatisfy { theme.foregrounds[$0] != nil })
        #expect(Ground.allCases.allSatisfy { theme.backgrounds[$0] != nil })
    }

    @Test(
        "Every tone has enough contrast on every ground",
        arguments: [("dark", 4.5, 2.5), ("light", 4.5, 2.5), ("high-contrast", 7, 7)])
    func contrast(name: String, text: Double, faint: Double) throws {
        let theme = try #require(Theme(named: name))
        for ground in Ground.allCases {
            for tone in Tone.allCases where tone != .frame && tone != .frameFocused {
                let foreground = try #require(theme.foreground(of: Style(tone, on: ground)).color)
                let background = try #require(theme.backgrounds[ground]?.color)
                let required = tone == .faint ? faint : text
                #expect(contrast(foreground.rgb, background.rgb) >= required, "\(name): \(tone) on \(ground)")
                #expect(
                    contrast(palette(foreground.index256), palette(background.index256)) >= required,
                    "\(name): \(tone) on \(ground), 256")
            }
        }
    }

    @Test(
        "With 8 or 16 colours, text never has the colour of its background",
        arguments: ["dark", "light", "high-contrast"])
    func basicColors(name: String) throws {
        let theme = try #require(Theme(named: name))
        for ground in Ground.allCases {
            for tone in Tone.allCases where tone != .frame {
                for depth in [ColorDepth.sixteen, .eight] {
                    let look = theme.appearance(of: Style(tone, on: ground), depth: depth)
                    #expect(look.foreground != look.background, "\(name): \(tone) on \(ground) at \(depth)")
                }
            }
        }
    }

    @Test("Without colours the states still differ")
    func mono() {
        let grounds: [Ground] = [.plain, .selected, .selectedUnfocused, .fieldFocused]
        let looks = grounds.map { Theme.dark.appearance(of: Style(.text, on: $0), depth: .none) }
        #expect(Set(looks).count == grounds.count)
        #expect(looks.allSatisfy { $0.foreground == -1 && $0.background == -1 })
        #expect(
            Theme.mono.appearance(of: .danger, depth: .none) != Theme.mono.appearance(of: .text, depth: .none))
    }

    @Test("A placeholder differs from typed text, and what is overdue from the rest of a bar", arguments: Theme.all)
    func told(theme: Theme) {
        for depth in [ColorDepth.none, .eight, .sixteen, .indexed, .direct] {
            func look(_ tone: Tone, _ ground: Ground) -> Appearance {
                theme.appearance(of: Style(tone, on: ground), depth: depth)
            }
            #expect(look(.faint, .fieldFocused) != look(.text, .fieldFocused), "\(theme.name) at \(depth)")
            #expect(look(.danger, .bar) != look(.text, .bar), "\(theme.name) at \(depth)")
        }
    }

    /// The contrast ratio of two colours (WCAG 2), 1…21.
    private func contrast(_ one: RGB, _ other: RGB) -> Double {
        let levels = [luminance(one), luminance(other)].sorted()
        return (levels[1] + 0.05) / (levels[0] + 0.05)
    }

    private func luminance(_ color: RGB) -> Double {
        let channels = [color.red, color.green, color.blue].map { channel -> Double in
            let value = Double(channel) / 255
            return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    /// The colour of index 16…255 in the xterm palette.
    private func palette(_ index: Int) -> RGB {
        if index >= 232 {
            let grey = UInt32(8 + (index - 232) * 10)
            return RGB(integerLiteral: grey << 16 | grey << 8 | grey)
        }
        let steps: [UInt32] = [0, 95, 135, 175, 215, 255]
        let place = index - 16
        return RGB(integerLiteral: steps[place / 36] << 16 | steps[place / 6 % 6] << 8 | steps[place % 6])
    }
}
