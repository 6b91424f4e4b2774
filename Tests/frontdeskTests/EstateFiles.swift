import Foundation
import Sheets

/// The files of an estate, as a property office has them: a title, Chinese headers, columns and rows that
/// are no data, values in many notations; and the same with what spreadsheet programs break.
struct EstateFiles {
    enum Format: String, CaseIterable { case xlsx, gbk }

    typealias Cell = Spreadsheet.Cell

    let format: Format
    static let kinds = ["units", "people", "vehicles", "bills", "payments"]
    /// The number of units; each kind of damaged value needs 300.
    static let count = isLong ? 1000 : 300

    /// The day of a month, as a workbook's date or as CSV has it.
    private func date(_ month: Int, _ day: Int, hour: Int? = nil) -> Cell {
        let date = CellDate(CellDate.Day(year: 2025, month: month, day: day), seconds: (hour ?? 0) * 3600)
        if format == .xlsx { return .date(date) }
        return .text("2025/\(month)/\(day)" + (hour.map { " \($0):00" } ?? ""))
    }

    /// A unit as it is typed: homes in several notations, villas, shops and parking spaces.
    private func unit(_ index: Int) -> String {
        let (building, entrance) = (index / 100 + 11, index / 50 % 2 + 1)
        let room = "\(index % 50 / 2 + 1)0\(index % 2 + 1)"
        switch index % 20 {
        case 0: return "别墅\(index + 1)"
        case 1: return "商铺-\(index + 1)"
        case 2: return "车位B1-\(index + 1)"
        case 3, 4: return "\(building)栋\(entrance)单元\(room)"
        case 5: return "\(building)号楼\(entrance)单元\(room)室"
        case 6: return "０\(building)－０\(entrance)－\(room)"
        case 7: return "2期\(building)栋\(entrance)单元\(room)"
        default: return "\(building)-\(entrance)-\(room)"
        }
    }

    /// A telephone number as it is typed, or as a number.
    private func phone(_ index: Int) -> Cell {
        let digits = "138\(10_000_000 + index)"
        switch index % 7 {
        case 0: return .text("\(digits.prefix(3)) \(digits.dropFirst(3).prefix(4)) \(digits.suffix(4))")
        case 1: return .text("+86-\(digits)")
        case 2: return format == .xlsx ? .number(digits) : .text("\(digits).0")
        case 3: return .text("0571-8\(1_000_000 + index)转\(index % 90 + 10)")
        case 4: return .text("无")
        case 5: return .text("\(digits)（本人）")
        default: return .text(digits)
        }
    }

    /// What a spreadsheet program has made of a number: without its first 0, rounded, as a power of ten.
    private func damagedPhone(_ index: Int) -> Cell {
        switch index % 3 {
        case 0: format == .xlsx ? .number("57181000\(index % 900 + 100)") : .text("1.38E+10")
        case 1: .text("1.38123E+10")
        default: .text("1381234567")
        }
    }

    /// The rows of a kind. With `isDamaged`, every hundredth row has a value that cannot be known any more.
    func rows(_ kind: String, isDamaged: Bool = false) -> [[Cell]] {
        func isBad(_ index: Int) -> Bool { isDamaged && index % 100 == 50 }
        let all = 0..<EstateFiles.count
        func text(_ words: String...) -> [Cell] { words.map { Cell($0) } }
        switch kind {
        case "units":
            return [text("翠湖花园房屋一览表"), text("序号", "房间号", "建筑面积（㎡）", "", "备注")]
                + all.map { index in
                    [
                        .number("\(index + 1)"), isBad(index) ? .text("3-Feb-01") : .text(unit(index)),
                        index % 9 == 0 ? .empty : .number("\(60 + index % 80).5"), .empty, .text("第\(index)户"),
                    ]
                } + [[.text("合计"), .empty, .number("99999.5")], text("制表：王芳")]
        case "people":
            return [text("翠湖花园业主资料"), text("业主姓名", "房号", "联系电话")]
                + all.map { index in
                    [
                        .text(index % 50 == 0 ? "=买买提·艾力" : "业主\(index)"), .text(unit(index)),
                        isBad(index) ? damagedPhone(index / 100) : phone(index),
                    ]
                }
        case "vehicles":
            return [text("车牌号码", "所属房屋")]
                + all.filter { $0 % 4 == 0 }.map { [.text("浙A·\(10_000 + $0)"), .text(unit($0))] }
        case "bills":
            return [text("2025年应收"), text("房号", "账单月份", "费用名称", "应收金额(元)", "缴费截止日")]
                + (1...3).flatMap { month in
                    all.map { index in
                        [
                            .text(unit(index)), format == .xlsx ? date(month, 1) : .text("2025年\(month)月"),
                            .text(index % 3 == 0 ? "车位费（地下，B1）" : "物业费"),
                            format == .xlsx ? .number("\(100 + index % 300).5") : .text("¥1,\(100 + index % 300).50"),
                            isBad(index) ? .text("45748") : date(month, 28),
                        ]
                    }
                } + [text("总计", "", "", "999999")]
        default:
            return [text("收款流水"), text("房号", "实收金额", "收款方式", "收款时间", "交易流水号", "账期")]
                + all.filter { $0 % 2 == 0 }.flatMap { index in
                    // One sum for two months, and some more than is owed.
                    (1...2).map { month in
                        [
                            .text(unit(index)), .number(index % 10 == 0 ? "5000" : "\(90 + index % 50).25"),
                            .text(["微信", "现金", "银行转账"][index % 3]),
                            isBad(index) && month == 1 ? .text("3/5/2025") : date(4, index % 28 + 1, hour: 9),
                            index % 4 == 0 ? .text("4200\(index)A\(month)") : .empty, .text("2025-0\(month)"),
                        ]
                    }
                }
        }
    }

    /// The bytes of the file of a kind.
    func bytes(_ kind: String, isDamaged: Bool = false) -> Data? {
        let rows = rows(kind, isDamaged: isDamaged)
        let table = Spreadsheet(.xlsx, name: "表", header: rows[0].map(\.text), rows: Array(rows.dropFirst()))
        if format == .xlsx { return Data(table.bytes) }
        let width = rows.map(\.count).max() ?? 0
        let lines = rows.map { row in
            (0..<width).map { index -> String in
                let text = index < row.count ? row[index].text : ""
                return text.contains(",") || text.contains("\"") ? "\"\(text)\"" : text
            }.joined(separator: ",")
        }
        // kCFStringEncodingGB_18030_2000
        return lines.joined(separator: "\r\n").data(using: String.Encoding(rawValue: 0x8000_0632))
    }
}
