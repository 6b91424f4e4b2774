import Estate
import struct Journal.Moment

extension FormField {
    /// What is understood of a value that may be typed in several ways, e.g. `2026-12-05 周六`; `nil` where nothing needs to
    /// be said.
    func understood(_ context: Context) -> String? {
        guard !isChoice, taken == nil, !value.trimmed.isEmpty,
            let read = try? description.normalise(value, context.present)
        else { return nil }
        switch description.type {
        case .date:
            guard let day = try? Day(text: read, zone: context.estate.zone) else { return nil }
            return "\(read) \(context(day.weekdayLabel)) · \(context(FormField.distance(to: day, context.today)))"
        case .moment:
            guard let moment = try? Moment(text: read, zone: context.estate.zone) else { return nil }
            return moment.display(zone: context.estate.zone, language: context.language)
        case .amount:
            guard let amount = try? Money(text: read, zone: context.estate.zone), read != value.trimmed else {
                return nil
            }
            return amount.grouped
        case .text, .list, .staff, .rows: return nil
        default: return read == value.trimmed ? nil : read
        }
    }

    private static func distance(to day: Day, _ today: Day) -> Label {
        let days = day.days(since: today)
        if days == 0 { return Label("今天", en: "today") }
        return days > 0
            ? Label("\(days) 天后", en: "in \(days) d") : Label("\(-days) 天前", en: "\(-days) d ago")
    }

    /// Lets the field's own reader have what was typed, and shows what is wrong with it. What is merely missing is asked for
    /// when the form is sent.
    mutating func check(_ context: Context) {
        guard !isChoice, !value.trimmed.isEmpty else { return }
        do { _ = try description.normalise(value, context.present) } catch let refusal as Refusal {
            error = context(refusal.message)
        } catch {}
    }

    /// The same while somebody types: only what no further letter can mend is told of.
    mutating func checkHalf(_ context: Context) {
        if !description.type.mayBecome(input.text) { check(context) }
    }
}

extension FieldType {
    /// Whether it is made of digits, so that an input method's full-width ones are taken as ASCII.
    var isOfDigits: Bool {
        switch self {
        case .integer, .amount, .area, .phone, .date, .moment, .period: true
        default: false
        }
    }

    /// Whether it has several elements, completed one by one.
    var isList: Bool { if case .list = self { true } else { false } }

    /// Whether a value can only be one of those that the estate knows and offers.
    var isOfKnown: Bool {
        switch self {
        case .unit, .host, .staff, .reference: true
        case .list(let element): element.isOfKnown
        default: false
        }
    }

    /// Whether a text is a room as it stands, known or not: a new one may be meant.
    func reads(_ text: String) -> Bool {
        [.unit, .host].contains(self) && (try? UnitCode(text: text, zone: .shanghai)) != nil
    }

    /// Whether a value may still come of a half-typed one by typing on.
    fileprivate func mayBecome(_ text: String) -> Bool {
        let typed = text.halfwidth
        return switch self {
        case .integer: typed.wholeMatch(of: /[0-9]{0,6}/) != nil
        case .amount, .area: typed.wholeMatch(of: /[¥￥]?[0-9,]*(\.[0-9]{0,2})?元?/) != nil
        case .phone: typed.lowercased().wholeMatch(of: /[-0-9+\/() .－—#x转]*/) != nil
        case .date, .period: typed.wholeMatch(of: /[^A-Za-z0-9]*[0-9]{9,}.*/) == nil
        default: true
        }
    }
}
