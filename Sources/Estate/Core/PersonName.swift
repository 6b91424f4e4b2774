import Foundation
import Journal

/// The name of one person or firm, as a register has it. Throws ``Refusal`` `name.several` for the names of several.
public struct PersonName: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .text }

    public init(text: String, zone: Zone) throws {
        let name = try String(text: text, zone: zone).oneLine.plain
        if name.isEmpty { throw Refusal.input("field.empty", "不能为空", en: "must not be empty") }
        guard let one = name.oneName else {
            throw Refusal.input(
                "name.several", "“\(text)”像是几个人：请每人登记一次",
                en: "“\(text)” looks like several people: register each by themselves")
        }
        self.text = one
    }
}

extension String {
    /// The name of one person without spaces within it (`李 建国`) and with the usual `·`; `nil` if the text looks like the
    /// names of several.
    ///
    /// What stands between ideographs tells: a separator is between two names, and a space is one unless the text before
    /// it can be a surname, or each part is one character.
    var oneName: String? {
        // Most texts are one word, for which no pattern has to be made.
        if !unicodeScalars.contains(where: { String.signs.contains($0) || $0.properties.isWhitespace }) { return self }
        let isDotted = contains { "·•・‧∙⋅･".contains($0) }
        let words = (isDotted ? replacing(/\s*[·•・‧∙⋅･]\s*/, with: "·") : self).split(whereSeparator: \.isWhitespace)
        let dotted = words.joined(separator: " ")
        if dotted.contains(where: { "、/,，;；&|".contains($0) }),
            dotted.firstMatch(of: /\p{Han}[)\]]?\s*[、\/,，;；&|]\s*\p{Han}/) != nil
        {
            return nil
        }
        guard words.count > 1, words.allSatisfy({ $0.allSatisfy { $0.isIdeograph || $0 == "·" } }) else {
            return dotted
        }
        let isSpaced = words.allSatisfy { $0.count == 1 }
        let isSurname = words.count == 2 && (words[0].count == 1 || Surname.double.contains(String(words[0])))
        let isPolite = words.count == 2 && Surname.honorifics.contains(String(words[1]))
        return isSpaced || isSurname || isPolite ? words.joined() : nil
    }

    /// The signs within and between names.
    private static let signs = Set("·•・‧∙⋅･、/,，;；&|".unicodeScalars)
}

/// Surnames, and words that stand with them.
enum Surname {
    /// Surnames of two characters.
    static let double: Set<String> = [
        "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯", "长孙", "宇文", "闻人", "赫连", "澹台",
        "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠", "仲孙", "轩辕", "钟离", "鲜于", "闾丘", "司空", "西门", "南宫", "独孤", "第五",
        "端木", "拓跋", "呼延", "百里", "东郭", "南门", "万俟", "左丘", "梁丘", "公羊", "谷梁", "亓官", "乐正", "漆雕", "公西", "巫马", "颛孙",
        "壤驷", "纳兰", "爱新觉罗", "叶赫那拉",
    ]

    /// What follows a surname in place of the given name: 陈先生.
    static let honorifics: Set<String> = [
        "先生", "女士", "小姐", "太太", "老师", "师傅", "阿姨", "叔叔", "大爷", "大妈", "大叔", "大姐", "大哥", "奶奶", "爷爷", "夫人", "经理", "老板",
        "医生", "教授", "主任", "同志", "总", "工", "姐", "哥", "叔", "姨", "家",
    ]
}
