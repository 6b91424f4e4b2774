import Estate
import Screen

/// A text field for a PIN, which it does not show.
struct PINField {
    private var input = TextInput()

    var isEmpty: Bool { input.isEmpty }

    /// Takes digits and editing keys and drops letters; `false` for any other key.
    mutating func handle(_ event: Event) -> Bool {
        switch event {
        case .paste(let text): input.insert(text)
        case .key(.character(let character)) where !character.isNumber: break
        case .key(let key): return input.handle(key)
        default: return false
        }
        return true
    }

    /// Empties the field and returns the PIN typed in it. Throws ``Refusal`` `staff.pinMalformed`.
    mutating func take() throws -> PIN {
        defer { input = TextInput() }
        return try PIN(typed: input.text)
    }

    mutating func clear() { input = TextInput() }

    func draw(into grid: inout Grid, rect: Rect, isFocused: Bool) {
        TextField(input, isFocused: isFocused, isSecret: true).draw(into: &grid, rect: rect)
    }
}

/// Asks a member for their PIN, to sign in or to unlock the screen.
struct PINPrompt {
    let member: StaffMember
    private var field = PINField()
    /// Why the last PIN was refused.
    var trouble: String?

    init(_ member: StaffMember) { self.member = member }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard event == .key(.enter) else {
            if !field.isEmpty { trouble = nil }
            return field.handle(event) ? .handled() : .ignored
        }
        do {
            return .handled([.effect(.signIn(member, try field.take()))])
        } catch {
            trouble = (error as? Refusal).map { context($0.message) }
            return .handled()
        }
    }

    func draw(into grid: inout Grid, rect: Rect, title: Line, _ context: Context) {
        let trouble = Paragraph([Line(self.trouble.map { "\(grid.glyphs.failed) \($0)" } ?? "", .danger)])
        let width = min(rect.width - 4, 56)
        let popup = Popup(
            title: title,
            size: Size(width: width, height: 5 + max(1, trouble.height(width: width - 4, grid.measure))))
        popup.draw(into: &grid, rect: rect)
        let inner = popup.inner(in: rect)
        grid.put([Span(context(member.role.label), .muted), " ", Span(member.name, .accent)], in: inner.row(0))
        let label = context(Label("密码", en: "PIN"))
        grid.put(Line(label, .accent), in: inner.row(2))
        field.draw(
            into: &grid, rect: inner.row(2).inset(left: grid.measure.width(of: label) + 2, top: 0, right: 0, bottom: 0),
            isFocused: true)
        trouble.draw(into: &grid, rect: inner.inset(left: 0, top: 3, right: 0, bottom: 0))
    }
}
