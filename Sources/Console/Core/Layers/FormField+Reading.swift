import Estate
import struct Journal.Moment
import Screen

extension FormField {
    /// The value as the action reads it, e.g. `2026-12-05 周六` for a typed `12-5`; `nil` if it is the same as typed or
    /// invalid.
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

    /// Whether a date or a time is being typed that cannot be read yet.
    func isUnread(_ context: Context) -> Bool {
        guard [.date, .moment].contains(description.type), taken == nil, !value.trimmed.isEmpty else { return false }
        return (try? description.normalise(value, context.present)) == nil
    }

    private static func distance(to day: Day, _ today: Day) -> Label {
        let days = day.days(since: today)
        if days == 0 { return Label("今天", en: "today") }
        return days > 0
            ? Label("\(days) 天后", en: "in \(days) d") : Label("\(-days) 天前", en: "\(-days) d ago")
    }

    /// Sets the field's error if the value cannot be read. A missing value is reported when the form is sent.
    mutating func check(_ context: Context) {
        guard !isChoice, !value.trimmed.isEmpty else { return }
        do { _ = try description.normalise(value, context.present) } catch let refusal as Refusal {
            error = context(refusal.message)
        } catch {}
        if error == nil, description.type == .host, taken == nil,
            let unit = try? UnitCode(text: value, zone: .shanghai),
            context.estate.people.units[context.estate.people.current(unit)] == nil
        {
            error = context(
                Label("没有这个房号：\(unit.text)，照登标“未找到”", en: "there is no unit \(unit.text): recorded as unknown"))
        }
    }

    /// The same during typing: reports only errors that further typing cannot correct.
    mutating func checkHalf(_ context: Context) {
        if input.hasOverflowed {
            let most = TextInput.capacity
            error = context(
                Label(
                    "太长：一项最多 \(most) 字节（约 \(most / 3) 字），多出的没有填入",
                    en: "too long: a field holds \(most) bytes; the rest was left out"))
        } else if !description.type.mayBecome(input.text) {
            check(context)
        }
    }
}

extension Label {
    /// Said of a field that takes a list.
    static let several = Label("可填多个，用逗号隔开", en: "several, with commas")
}

extension FieldType {
    /// Whether values consist of digits: full-width digits of an input method are read as ASCII.
    var isOfDigits: Bool {
        switch self {
        case .integer, .amount, .area, .decimal, .phone, .date, .moment, .period: true
        default: false
        }
    }

    var isOfWorker: Bool { self == .worker || self == .list(.worker) }

    var isList: Bool { if case .list = self { true } else { false } }

    /// Whether a value must be one that the estate has.
    var isOfKnown: Bool {
        switch self {
        case .unit, .location, .host, .staff, .reference: true
        case .list(let element): element.isOfKnown
        default: false
        }
    }

    /// Whether every value is itself one that the estate names: what is shown for it is not enough.
    private var isReference: Bool { if case .reference = self { true } else { false } }

    /// Whether a text is the value of a completion, needing none.
    func isValue(_ text: String, of completion: Completion) -> Bool {
        completion.value == text || completion.text == text && !isReference
    }

    /// Whether a text is a complete unit, known or new. `3-2` is not, while there is a `3-2-501`.
    func reads(_ text: String, among completions: [Completion]) -> Bool {
        guard [.unit, .location, .host].contains(self), let unit = try? UnitCode(text: text, zone: .shanghai) else {
            return false
        }
        return !completions.contains { $0.text.hasPrefix("\(unit.text)-") }
    }

    /// Whether further typing can make the text a valid value.
    fileprivate func mayBecome(_ text: String) -> Bool {
        let typed = text.halfwidth.lowercased()
        return switch self {
        case .integer: typed.wholeMatch(of: /[0-9]{0,6}/) != nil
        case .amount, .area: typed.wholeMatch(of: /[¥￥\p{Han} ]*[0-9,]*(\.[0-9]{0,2}0*)?[\p{Han}㎡ ]*/) != nil
        case .phone: typed.wholeMatch(of: /[-0-9+\/() .－—–#x:;,、|&'="\p{Han}]*/) != nil
        case .date, .period: typed.wholeMatch(of: /[^A-Za-z0-9]*[0-9]{9,}.*/) == nil
        default: true
        }
    }
}
