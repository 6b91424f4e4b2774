import Screen
import Testing

@Suite("Checklists")
struct ChecklistTests {
    @Test("A checklist has a sign for every state")
    func checklist() {
        let list = Checklist([
            (.done, "问候"), (.current, "倾听并逐条记录"), (.open, "保留"), (.failed, "结束"), (.none, "无"),
        ])
        #expect(
            picture(list, 12, 6) == [
                "✓ 问候      ", "▸ 倾听并逐条", "  记录      ", "○ 保留      ", "✗ 结束      ", "· 无        ",
            ])
    }
}
