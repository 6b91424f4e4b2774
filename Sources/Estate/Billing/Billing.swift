import Handbook
import Journal
import OrderedCollections

/// Tariffs, meters and what bills follow from them (计费).
public struct Billing: Sendable {
    /// In the order of recording.
    public internal(set) var tariffs: [Tariff] = []
    /// By number.
    public internal(set) var meters: OrderedDictionary<String, Meter> = [:]
}

extension Billing: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Billing.self]
    static let actions: [any Action.Type] = [
        SetTariff.self, EndTariff.self, AddMeter.self, ReadMeter.self, ReplaceMeter.self, GenerateBills.self,
    ]
    static let views: [any View.Type] = [TariffsView.self, MetersView.self, ReadingsView.self, BillingView.self]
    static let hiddenFrom: Set<Role> = [.guard]
    static let warnings = [
        "billing.noTariff": Label("有上期出过账的项目没有收费标准", en: "an item of the month before has no tariff")
    ]

    static let imports = [
        ImportKind(
            "readings", Label("抄表读数", en: "Readings"), identity: ["meter", "at"],
            headers: [
                "meter": ["水表号", "电表号", "气表号", "表具编号", "表编号", "仪表编号"],
                "reading": ["本次读数", "本期读数", "止码", "止数", "表底", "抄见数", "示数"],
                "estimated": ["估抄"],
                "at": ["抄表时间", "抄表日期", "抄表日", "日期"],
            ],
            omitted: { estate in
                let count = estate.billing.meters.values.count { $0.readings.contains { $0.kind == .opening } }
                return count == 0
                    ? nil
                    : Label(
                        "\(count) 只换过的表，旧表的读数不在文件里",
                        en: "the readings before \(count) replacements are not in the file")
            }
        ) { estate in
            estate.billing.meters.values.flatMap { meter in
                let first = meter.readings.lastIndex { $0.kind == .opening } ?? 0
                return meter.readings.dropFirst(first).map { reading -> (action: ReadMeter, at: Moment?) in
                    var action = ReadMeter(
                        meter: meter.number, reading: reading.value,
                        estimated: reading.kind == .estimated ? true : nil)
                    action.rollover = reading.turn == nil ? nil : true
                    return (action, reading.at)
                }
            }
        }
    ]

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        for (number, meter) in estate.billing.meters where meter.unit == unit {
            estate.billing.meters[number]?.unit = code
        }
    }

    /// The working set has all tariffs and meters, but not their readings.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool {
        action is SetTariff || action is EndTariff || action is AddMeter
    }
}
